import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { ended } from './pipeline';
import { openHost, type TestHost } from './world';

const FOLDER = join(__dirname, '../recordings/sources');
const Recording = z.object({
	payload: z.unknown(),
	headers: z.record(z.string(), z.string()).default({}),
});

const Item = z.object({
	json: z.looseObject({
		lead: z.unknown().optional(),
		normalization: z.looseObject({ ok: z.boolean(), problems: z.array(z.unknown()) }),
	}),
	pairedItem: z.unknown(),
});

/** n8n's own Webhook node, and ours behind it. */
const workflow: Template = {
	name: 'Senders to Lead Normalize',
	nodes: [
		{
			id: 'webhook',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			position: [0, 0],
			parameters: { httpMethod: 'POST', path: 'senders', options: { rawBody: true } },
			webhookId: '9d9c2ad4-lead-4a0e-handoff-00000000005b',
		},
		{
			id: 'lead-normalize',
			name: 'Lead Normalize',
			type: 'n8n-nodes-lead-handoff.leadNormalize',
			typeVersion: 1,
			position: [200, 0],
			parameters: { options: { requires: 'any-id' } },
		},
	],
	connections: {
		Webhook: { main: [[{ node: 'Lead Normalize', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};

describe('what senders send, through the Webhook node of n8n', () => {
	let host: TestHost;
	let workflowId: string;
	let url: string;

	beforeAll(async () => {
		host = await openHost();
		const imported = await host.importWorkflow(workflow);
		if (imported.webhookUrl === undefined) throw new Error('the workflow has no webhook');
		({ workflowId } = imported);
		url = imported.webhookUrl;
	});

	const newest = async () => (await host.rest.executions({ workflowId, limit: 1 }))[0]?.id ?? '0';

	const post = async (body: string, headers: Record<string, string>) => {
		const after = await newest();
		const answer = await fetch(url, { method: 'POST', headers, body });
		expect(answer.status).toBe(200);
		const [run] = await ended(host, { workflowId, after, count: 1 });
		const [node] = run?.data.resultData.runData['Lead Normalize'] ?? [];
		const [leads = [], invalid = []] = (node?.data?.['main'] ?? []).map((output) =>
			z.array(Item).parse(output ?? []),
		);
		return { status: run?.status, leads, invalid };
	};

	const send = async (name: string) => {
		const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
		const { payload, headers } = Recording.parse(JSON.parse(text));
		return await post(JSON.stringify(payload), { 'content-type': 'application/json', ...headers });
	};

	it('Typeform: the contact block is the person', async () => {
		const { leads, invalid } = await send('typeform-contact');
		expect(invalid).toEqual([]);
		expect(leads[0]?.json).toMatchObject({
			lead: {
				identity: { email: 'dana.whitfield@northwind-analytics.com', phone: '+16175550142' },
				company: { name: 'Northwind Analytics', employeeCount: 1200 },
				source: { system: 'typeform', event: 'webform_submitted' },
			},
			normalization: { ok: true, source: 'typeform' },
		});
	});

	it('HubSpot: a batch becomes an item for each event', async () => {
		const { leads, invalid } = await send('hubspot-object-events');
		expect(leads.map(({ json }) => json.lead)).toMatchObject([
			{ source: { event: 'contact.creation', recordId: '65059681032' } },
			{ source: { event: 'contact.propertyChange' } },
		]);
		expect(invalid.map(({ json }) => json.normalization['record'])).toMatchObject([
			{ kind: 'account', event: 'company.creation' },
			{ kind: 'deletion', event: 'contact.privacyDeletion' },
		]);
	});

	it('Shopify: the topic is in the headers', async () => {
		const { leads } = await send('shopify-order');
		expect(leads[0]?.json).toMatchObject({
			lead: {
				identity: { email: 'jon@example.com' },
				attribution: { utmCampaign: 'winter' },
				consent: { channels: { email: true, sms: false } },
				source: { event: 'orders/create', eventId: '98880550-7158-44d4-b7cd-2c97c8a091b5' },
			},
		});
	});

	it('Salesforce: an outbound message, which n8n has parsed in its own way', async () => {
		const xml = readFileSync(join(FOLDER, 'salesforce-outbound-message.xml'), 'utf8');
		const { leads } = await post(xml, { 'content-type': 'text/xml; charset=utf-8' });
		expect(leads.map(({ json }) => json.lead)).toMatchObject([
			{
				identity: {
					email: 'dana.whitfield@northwind-analytics.com',
					externalIds: { salesforce: '00Q5e00000AbCdEEAV' },
				},
				company: { name: 'Barnes & Café Ltd' },
				consent: { channels: { phone: false } },
				source: { event: 'Lead.outbound_message', eventId: '04l5e00000Gx7QzAAJ' },
			},
			{ source: { eventId: '04l5e00000Gx7R0AAJ' } },
		]);
		expect(JSON.stringify(leads.map(({ json }) => json.lead))).not.toContain('secret');
	});

	it('nobody in particular: what cannot be read is turned aside, and says why', async () => {
		const { status, leads, invalid } = await post('{"first_name":"Dana","email":"dana@"}', {
			'content-type': 'application/json',
		});
		expect([status, leads]).toEqual(['success', []]);
		expect(invalid[0]?.json).toMatchObject({
			body: { first_name: 'Dana' },
			normalization: {
				ok: false,
				source: 'form',
				problems: [{ field: 'email', value: '"d***@"', reason: 'is not an email address' }],
			},
		});
	});

	it('Custom: the values that were dragged onto the fields', async () => {
		const parameters = {
			source: 'custom',
			leadFields: {
				mappingMode: 'defineBelow',
				value: { email: '={{ $json.body.who.mail }}', 'custom:plan': '={{ $json.body.plan }}' },
				schema: [
					{ id: 'email', displayName: 'Email', type: 'string', display: true, required: false },
					{
						id: 'custom:plan',
						displayName: 'plan',
						type: 'string',
						display: true,
						required: false,
					},
				],
			},
		};
		const mapped = await host.importWorkflow({
			...workflow,
			name: 'Own mapping',
			nodes: workflow.nodes.map((node) =>
				node.name === 'Webhook'
					? { ...node, parameters: { ...node.parameters, path: 'own-mapping' } }
					: { ...node, parameters },
			),
		});
		[workflowId, url] = [mapped.workflowId, mapped.webhookUrl ?? ''];
		const body = {
			who: { mail: 'dana@northwind-analytics.com' },
			plan: 'team',
			email: 'not@read.com',
		};
		const { leads } = await post(JSON.stringify(body), { 'content-type': 'application/json' });
		expect(leads[0]?.json.lead).toMatchObject({
			identity: { email: 'dana@northwind-analytics.com' },
			custom: { plan: 'team' },
			source: { system: 'custom' },
		});
	});

	it('Custom: the editor is told which fields there are, the own ones too', async () => {
		const answer = await host.rest.call(
			'POST',
			'/rest/dynamic-node-parameters/resource-mapper-fields',
			{
				path: 'parameters.leadFields',
				methodName: 'getLeadFields',
				nodeTypeAndVersion: { name: 'n8n-nodes-lead-handoff.leadNormalize', version: 1 },
				currentNodeParameters: {
					source: 'custom',
					customFields: { fields: [{ name: 'plan', type: 'text', allowed: 'free, team' }] },
				},
			},
		);
		const { fields } = z
			.object({ fields: z.array(z.looseObject({ id: z.string(), type: z.string() })) })
			.parse(answer);
		expect(fields).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ id: 'email', displayName: 'Email', removed: false }),
				expect.objectContaining({ id: 'consentEmail', type: 'boolean' }),
				expect.objectContaining({ id: 'custom:plan', type: 'options' }),
			]),
		);
	});
});
