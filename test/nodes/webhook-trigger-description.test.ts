import { resolveWebhookDescriptionField, type INodeParameters } from 'n8n-workflow';
import { WebhookVerifierTrigger } from '../../nodes/WebhookVerifierTrigger/WebhookVerifierTrigger.node';

const { webhooks = [] } = new WebhookVerifierTrigger().description;
const FIELDS = ['path', 'responseMode', 'responseCode', 'responseData'] as const;

it('listens to deliveries and to the checks of senders', () => {
	expect(webhooks.map(({ name, httpMethod }) => [name, httpMethod])).toEqual([
		['default', 'POST'],
		['setup', 'GET'],
		['setup', 'HEAD'],
		['setup', 'PUT'],
	]);
});

/** As the editor sees it: an expression over the node's parameters. */
const evaluate = (template: string, parameters: INodeParameters) => {
	const source = template.replace(/^=\{\{/, '').replace(/\}\}$/, '');
	return new Function('$parameter', `return ${source}`)(parameters) as unknown;
};

const base = { path: 'hook', sender: 'github', settings: {}, responseMode: 'onReceived' };

it.each<[INodeParameters, unknown[]]>([
	[base, ['hook', 'onReceived', 200, undefined]],
	[{ ...base, sender: 'microsoft-graph' }, ['hook', 'onReceived', 202, undefined]],
	[{ ...base, settings: { responseCode: 201 } }, ['hook', 'onReceived', 201, undefined]],
	[
		{ ...base, path: '', responseMode: 'lastNode', responseData: 'allEntries' },
		['', 'lastNode', 200, 'allEntries'],
	],
])('says the same to the server and to the editor: %j', (parameters, values) => {
	for (const webhook of webhooks) {
		const native = FIELDS.map((field) =>
			resolveWebhookDescriptionField({ parameters }, webhook, field),
		);
		expect(native).toEqual(values.map((value) => ({ resolved: true, value })));
		expect(FIELDS.map((field) => evaluate(String(webhook[field]), parameters))).toEqual(values);
	}
});
