import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';

export const Messages = z.array(z.object({ channel: z.string(), text: z.string() }));
export const ORGANIZATION = 'https://api.calendly.com/organizations/o1';

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'Adobe Settings': {
		consumerOrgId: secrets.adobeOrg,
		clientId: secrets.adobeClientId,
		events: "={{ [{ provider_id: 'provider-1', event_code: 'lead_created' }] }}",
	},
	'Calendly Settings': { organization: ORGANIZATION },
	'Typeform Settings': { formId: 'form-1' },
	'Graph Settings': {},
};

const Parameters = z.looseObject({
	assignments: z.object({ assignments: z.array(z.looseObject({ name: z.string() })) }),
});

/** The template of subscriptions and health, as its user sets it up. */
export const settingsFor = (webhookUrl: string) => (template: Template) => ({
	...template,
	nodes: template.nodes.map((node) => {
		const own = VALUES[node.name];
		return own ? { ...node, parameters: filled(node, { ...own, webhookUrl }) } : node;
	}),
});

function filled(
	{ parameters }: Template['nodes'][number],
	values: Readonly<Record<string, string>>,
) {
	const { assignments } = Parameters.parse(parameters).assignments;
	return {
		...parameters,
		assignments: {
			assignments: assignments.map((one) => ({ ...one, value: values[one.name] ?? one['value'] })),
		},
	};
}
