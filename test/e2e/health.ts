import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

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

export interface Health {
	readonly host: TestHost;
	readonly workflowId: string;
	/** Runs it from this trigger, to a good end. */
	run(trigger: string): Promise<void>;
	told(): z.infer<typeof Messages>;
	/** For `beforeEach`: nobody has called, and nothing is remembered. */
	forget(): void;
}

/** The template in n8n, set up. For `beforeAll`. */
export async function openHealth(
	edit: (host: TestHost) => (template: Template) => Template,
): Promise<Health> {
	const host = await openHost();
	const { workflowId } = await host.importTemplate('02-webhook-health', edit(host));
	return {
		host,
		workflowId,
		async run(trigger) {
			const id = await host.rest.runWorkflow(workflowId, trigger);
			const execution = await host.rest.waitForExecution({ id });
			expect([execution.status, execution.data.resultData.error?.message]).toEqual([
				'success',
				undefined,
			]);
		},
		told: () => Messages.parse(host.world.state().slack['messages']),
		forget() {
			host.world.reset();
			openMemory(host.userFolder).forget();
		},
	};
}

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
