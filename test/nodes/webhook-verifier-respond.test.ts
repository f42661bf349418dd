import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { WebhookVerifier } from '../../nodes/WebhookVerifier/WebhookVerifier.node';

interface Scene {
	readonly parameters?: IDataObject;
	readonly json?: IDataObject;
	readonly responseMode?: string;
	readonly parent?: string;
	readonly onError?: boolean;
}

/** n8n, as far as this operation sees it. */
async function run(scene: Scene) {
	const { parameters = {}, json = {}, responseMode = 'responseNode', parent, onError } = scene;
	const sent: unknown[] = [];
	const hints: Array<{ message: string }> = [];
	const items: INodeExecutionData[] = [{ json }, { json: { second: true } }];
	const node = {
		getNode: () => ({ name: 'Respond', type: 'n8n-nodes-lead-handoff.webhookVerifier' }),
		getInputData: () => items,
		getNodeParameter: (name: string, _: number, fallback: unknown) =>
			name === 'operation' ? 'respond' : (parameters[name] ?? fallback),
		getParentNodes: () => [
			{
				type: parent ?? 'n8n-nodes-lead-handoff.webhookVerifierTrigger',
				parameters: { responseMode },
			},
		],
		continueOnFail: () => onError === true,
		sendResponse: (response: unknown) => sent.push(response),
		addExecutionHints: (hint: { message: string }) => hints.push(hint),
	};
	const outputs = await new WebhookVerifier().execute.call(node as unknown as IExecuteFunctions);
	return { sent, hints, outputs };
}

const trace = { correlationId: 'c-1', stages: [] };
const PLAIN = { 'x-content-type-options': 'nosniff', 'x-correlation-id': 'c-1' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

describe('what the sender expects', () => {
	it.each<[string, IDataObject, unknown]>([
		[
			'is what the verification says',
			{
				trace,
				verification: {
					ok: true,
					response: { statusCode: 202, headers: { 'x-a': 'b' }, body: 'yes' },
				},
			},
			{ statusCode: 202, headers: { ...PLAIN, 'x-a': 'b' }, body: 'yes' },
		],
		[
			'is 200 where it says nothing',
			{ trace, verification: { ok: true } },
			{
				statusCode: 200,
				headers: { ...PLAIN, ...JSON_TYPE },
				body: { accepted: true, correlationId: 'c-1' },
			},
		],
		[
			'is 401 for what was refused',
			{ verification: { ok: false } },
			{
				statusCode: 401,
				headers: { 'x-content-type-options': 'nosniff', ...JSON_TYPE },
				body: { accepted: false },
			},
		],
	])('%s', async (_, json, expected) => {
		const { sent, hints, outputs } = await run({ json });
		expect(sent).toEqual([expected]);
		expect(hints).toEqual([]);
		expect(outputs).toEqual([
			[
				{ json, pairedItem: { item: 0 } },
				{ json: { second: true }, pairedItem: { item: 1 } },
			],
		]);
	});
});

it.each<[string, IDataObject, unknown]>([
	[
		'JSON that was typed',
		{ respondWith: 'json', responseBody: '{"a":1}', responseCode: 201 },
		{ statusCode: 201, headers: { ...PLAIN, ...JSON_TYPE }, body: { a: 1 } },
	],
	[
		'JSON of an expression',
		{ respondWith: 'json', responseBody: [1] },
		{ statusCode: 200, headers: { ...PLAIN, ...JSON_TYPE }, body: [1] },
	],
	[
		'text, with headers of its own',
		{
			respondWith: 'text',
			responseText: 'ok',
			'responseHeaders.entries': [
				{ name: 'Content-Type', value: 'text/html' },
				{ name: '', value: 'left empty' },
			],
		},
		{ statusCode: 200, headers: { ...PLAIN, 'content-type': 'text/html' }, body: 'ok' },
	],
	['nothing', { respondWith: 'noData' }, { statusCode: 200, headers: PLAIN, body: '' }],
])('answers with %s', async (_, parameters, expected) => {
	expect((await run({ parameters, json: { trace } })).sent).toEqual([expected]);
});

it.each<[RegExp, IDataObject]>([
	[/'Response Code' is "99"/, { respondWith: 'noData', responseCode: 99 }],
	[/'Response Body' is no JSON/, { respondWith: 'json', responseBody: '{"maria@example.com' }],
	[/'Response Body' is no JSON/, { respondWith: 'json', responseBody: 'null' }],
	[
		/'Response Headers' has a name/,
		{ 'responseHeaders.entries': [{ name: 'x-a', value: 'b\r\nset-cookie: c' }] },
	],
])('refuses %s, and sends nothing', async (message, parameters) => {
	const failing = run({ parameters });
	await expect(failing).rejects.toThrow(message);
	await expect(failing).rejects.not.toThrow(/maria/);
	const { sent, outputs } = await run({ parameters, onError: true });
	expect(sent).toEqual([]);
	expect(outputs[0]?.[0]?.json['error']).toMatch(message);
});

it('says that nobody waits, and lets the lead go on', async () => {
	const { hints, outputs } = await run({ responseMode: 'onReceived' });
	expect(hints[0]?.message).toMatch(/Nobody waits for this answer/);
	expect(outputs[0]).toHaveLength(2);
	expect((await run({ parent: 'n8n-nodes-base.wait' })).hints).toEqual([]);
});
