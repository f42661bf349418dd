import type { Lead } from './lead';
import { refOf, type MergeRecord, type RecordRef } from './merge-record';
import { sameCompany } from './same-company';
import { compareJson, stableJson } from './stable-json';

/** Which of several values stays. */
export const MERGE_CHOICES = ['precedence', 'newest', 'oldest'] as const;

export type MergeChoice = (typeof MERGE_CHOICES)[number];

/** Fields that mean something only together, and so come from one record. */
export const FIELD_GROUPS = [
	'email',
	'phone',
	'name',
	'job',
	'company',
	'location',
	'timezone',
	'linkedin',
	'custom',
] as const;

export type FieldGroup = (typeof FIELD_GROUPS)[number];

export interface MergeRules {
	/** Systems, the most trusted first; the others follow, and among equals the newer record wins. */
	readonly precedence: readonly string[];
	/** Groups that are chosen otherwise. */
	readonly choices: Readonly<Partial<Record<FieldGroup, MergeChoice>>>;
}

export interface FieldChoice {
	readonly field: string;
	readonly value: unknown;
	readonly from: RecordRef;
	readonly reason: string;
	/** The values that were not taken. */
	readonly others: readonly { readonly value: unknown; readonly from: RecordRef }[];
}

interface Group {
	readonly name: FieldGroup;
	readonly fields: readonly string[];
	/** Whether a record that did not win may fill what the winner leaves open. */
	readonly fills?: (winner: Lead, other: Lead) => boolean;
}

const under = (part: string, names: string) => names.split(' ').map((name) => `${part}.${name}`);

const GROUPS: readonly Group[] = [
	{
		name: 'email',
		fields: under('identity', 'email emailKind emailStatus'),
		fills: (a, b) => a.identity.email === b.identity.email,
	},
	{ name: 'phone', fields: under('identity', 'phone phoneExtension') },
	{ name: 'name', fields: under('person', 'firstName lastName fullName') },
	{
		name: 'job',
		fields: under('person', 'title seniority department'),
		fills: (a, b) => a.person.title === b.person.title,
	},
	{
		name: 'company',
		fields: under(
			'company',
			'name domain employeeCount industry revenue techStack phone linkedinUrl country',
		),
		fills: (a, b) => sameCompany(a.company, b.company),
	},
	{ name: 'location', fields: under('person', 'country state city') },
	{ name: 'timezone', fields: under('person', 'timezone timezoneSource') },
	{ name: 'linkedin', fields: ['person.linkedinUrl'] },
];

/** The winner of every field that any record has, with the reason. */
export function chooseFields(
	records: readonly MergeRecord[],
	rules: MergeRules,
): readonly FieldChoice[] {
	const custom = [...new Set(records.flatMap(({ lead }) => Object.keys(lead.custom)))].sort();
	const groups: readonly Group[] = [
		...GROUPS,
		...custom.map((key) => ({ name: 'custom' as const, fields: [`custom.${key}`] })),
	];
	return groups.flatMap((group) => chooseGroup(group, records, rules));
}

function chooseGroup(
	{ name, fields, fills }: Group,
	records: readonly MergeRecord[],
	rules: MergeRules,
): FieldChoice[] {
	const choice = rules.choices[name] ?? 'precedence';
	const having = records.filter((one) => fields.some((field) => valueOf(one, field) !== undefined));
	const ranked = [...having].sort(byRank(choice, rules));
	const [winner] = ranked;
	if (!winner) return [];
	const takers = ranked.filter((one) => one === winner || fills?.(winner.lead, one.lead));
	return fields.flatMap((field) => {
		const from = takers.find((one) => valueOf(one, field) !== undefined);
		if (!from) return [];
		const value = valueOf(from, field);
		const others = ranked
			.filter((one) => isOther(valueOf(one, field), value))
			.map((one) => ({ value: valueOf(one, field), from: refOf(one) }));
		const reason = from === winner ? whyWon(choice, winner, ranked, rules) : FILLED;
		return [{ field, value, from: refOf(from), reason, others }];
	});
}

const FILLED = 'the winner has no value, and this record does not contradict it';

const isOther = (one: unknown, other: unknown) =>
	one !== undefined && stableJson(one) !== stableJson(other);

export function valueOf({ lead }: Pick<MergeRecord, 'lead'>, field: string): unknown {
	const dot = field.indexOf('.');
	const parts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
		identity: lead.identity,
		person: lead.person,
		company: lead.company,
		custom: lead.custom,
	};
	const [part, name] = [parts[field.slice(0, dot)] ?? {}, field.slice(dot + 1)];
	return Object.hasOwn(part, name) ? part[name] : undefined;
}

/** The place of a record's system; those that are not named come last. */
export function rankOf({ system }: MergeRecord, { precedence }: MergeRules): number {
	const place = precedence.indexOf(system);
	return place < 0 ? precedence.length : place;
}

/** A total order, so that no choice depends on which record was given first. */
const byRank =
	(choice: MergeChoice, rules: MergeRules) => (one: MergeRecord, other: MergeRecord) => {
		const age = Date.parse(other.updatedAt) - Date.parse(one.updatedAt);
		const first =
			choice === 'precedence'
				? rankOf(one, rules) - rankOf(other, rules)
				: choice === 'newest'
					? age
					: -age;
		return first || age || compareJson(one, other);
	};

function whyWon(
	choice: MergeChoice,
	winner: MergeRecord,
	[, next]: readonly MergeRecord[],
	rules: MergeRules,
): string {
	if (!next) return 'only this record has a value';
	if (choice === 'oldest') return `oldest, of ${winner.updatedAt}`;
	const trusted = choice === 'precedence' && rankOf(winner, rules) < rankOf(next, rules);
	return trusted ? `${winner.system} comes first` : `newest, of ${winner.updatedAt}`;
}
