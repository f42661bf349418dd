import type { FilterOperatorType, INodeParameters } from 'n8n-workflow';

interface Condition {
	readonly left: string;
	readonly type: FilterOperatorType;
	readonly operation: string;
	readonly right?: string | number;
}

const within7Days =
	'DateTime.fromISO(a.occurredAt) > DateTime.fromISO($json.lead.source.occurredAt).minus({ days: 7 })';

/** How many activities of a kind lie in the seven days before the event; the event's clock, so that a replay scores the same. */
const recent = (kind: string) =>
	`={{ ($json.lead.activities ?? []).filter((a) => a.kind === '${kind}' && ${within7Days}).length }}`;

const rule = (name: string, group: string, points: number, ...conditions: Condition[]) => ({
	name,
	group,
	points,
	conditions: {
		options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator: 'and',
		conditions: conditions.map(({ left, type, operation, right }, index) => ({
			id: `${name.toLowerCase().replace(/\W+/g, '-')}-${index + 1}`,
			leftValue: left,
			rightValue: right ?? '',
			operator: { type, operation },
		})),
	},
});

/**
 * What a new Score node starts with: a working example to change, not a truth about anybody's market.
 * Patterns carry their own `i`: n8n lowers only the left side of a regex that ignores case.
 */
export const DEFAULT_RULES: INodeParameters[] = [
	rule('Director or Above', 'fit', 25, {
		left: '={{ $json.lead.person.seniority }}',
		type: 'string',
		operation: 'regex',
		right: '/^(owner|founder|c_suite|partner|vp|head|director|executive)$/i',
	}),
	rule('200+ Employees', 'fit', 15, {
		left: '={{ $json.lead.company.employeeCount }}',
		type: 'number',
		operation: 'gte',
		right: 200,
	}),
	rule('Target Country', 'fit', 10, {
		left: '={{ $json.lead.person.country ?? $json.lead.company.country }}',
		type: 'string',
		operation: 'regex',
		right: '/^(US|CA|GB|IE|DE|AT|CH|FR|NL|BE|DK|NO|SE|FI)$/i',
	}),
	rule('Business Address', 'fit', 5, {
		left: '={{ $json.lead.identity.emailKind }}',
		type: 'string',
		operation: 'equals',
		right: 'business',
	}),
	rule('Personal Address', 'fit', -20, {
		left: '={{ $json.lead.identity.emailKind }}',
		type: 'string',
		operation: 'regex',
		right: '/^(personal|disposable)$/',
	}),
	rule('Asked for a Demo', 'engagement', 30, {
		left: '={{ JSON.stringify([$json.lead.source, $json.lead.attribution.landingPage, $json.lead.custom]) }}',
		type: 'string',
		operation: 'contains',
		right: 'demo',
	}),
	rule(
		'Hot Week: 3 Opens, 2 Clicks, 1 Download',
		'engagement',
		85,
		{ left: recent('email_open'), type: 'number', operation: 'gte', right: 3 },
		{ left: recent('email_click'), type: 'number', operation: 'gte', right: 2 },
		{ left: recent('content_download'), type: 'number', operation: 'gte', right: 1 },
	),
];
