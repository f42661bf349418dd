import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { sign, type Scheme } from '../../sandbox/sign';
import { openPipeline, type Pipeline } from './pipeline';

/** The template with another sender chosen in its Webhook Verifier. */
const from = (parameters: Record<string, unknown>) => (template: Template) => ({
	...template,
	name: `Lead to meeting (${Object.values(parameters).join(' ')})`,
	nodes: template.nodes.map((node) => {
		if (node.name === 'Webhook Verifier') return { ...node, parameters };
		if (node.name !== 'Webhook') return node;
		return {
			...node,
			parameters: {
				...node.parameters,
				path: Object.values(parameters).join('-').replace(/\W+/g, '-'),
			},
		};
	}),
});

/** Bytes that would not survive being parsed and written again. */
const BODY =
	'{ "eventId": "evt-%id%", "fields": { "email": "dana.whitfield@northwind-analytics.com", "first_name": "Zo\\u00eb" }, "amount": 1.0 }\r\n';

describe.each<[Scheme, Record<string, unknown>]>([
	['hubspot-v3', { sender: 'hubspot-v3' }],
	['generic', { sender: 'generic-hmac', signatureHeader: 'X-Signature', prefix: 'sha256=' }],
])('a sender that signs as %s', (scheme, parameters) => {
	let pipeline: Pipeline;

	beforeAll(async () => {
		pipeline = await openPipeline(from(parameters));
	});

	beforeEach(() => pipeline.forgetAll());

	const post = async (body: string, signed = body) => {
		const { webhookUrl: url } = pipeline;
		const headers = sign({
			scheme,
			secret: secrets.webhookSecret,
			body: signed,
			at: Date.now(),
			url,
		});
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
		});
		return answer.status;
	};

	it('is believed over the bytes that it sent, and over no others', async () => {
		const body = BODY.replace('%id%', scheme);
		expect(await post(body.replace('1.0', '1'), body)).toBe(401);
		expect(await post(JSON.stringify(JSON.parse(body)), body)).toBe(401);
		await pipeline.settled();
		expect(pipeline.world.calls()).toHaveLength(0);
		expect(await post(body)).toBe(202);
		await pipeline.settled();
		expect(await post(body)).toBe(200);
	});
});
