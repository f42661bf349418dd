import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { sign } from '../../sandbox/sign';
import { openClient } from '../sandbox/client';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

const Messages = z.array(z.object({ channel: z.string(), text: z.string() }));
const Registrations = z.array(
	z.looseObject({ registration_id: z.string(), webhook_url: z.string() }),
);
const Health = z.object({
	healthy: z.boolean(),
	sources: z.array(
		z.looseObject({
			source: z.string(),
			accepted: z.number(),
			refused: z.number(),
			findings: z.array(z.object({ code: z.string(), message: z.string() })),
		}),
	),
});

const SETTINGS = /^(Adobe|Calendly|Typeform|Graph) Settings$/;
const CALENDLY = 'https://api.calendly.com/webhook_subscriptions';
const ORGANIZATION = 'https://api.calendly.com/organizations/o1';
const TYPEFORM = 'https://api.typeform.com/forms/form-1/webhooks';
const GRAPH = 'https://graph.microsoft.com/v1.0/subscriptions';
const Listed = z.array(z.looseObject({}));

describe('the template for subscriptions and health', () => {
	let host: TestHost;
	let workflowId: string;
	let frontDoor: string;

	const settingsFor = (webhookUrl: string) => (template: Template) => ({
		...template,
		nodes: template.nodes.map((node) => ({
			...node,
			disabled: false,
			parameters: SETTINGS.test(node.name) ? filled(node, webhookUrl) : node.parameters,
		})),
	});

	beforeAll(async () => {
		host = await openHost();
		frontDoor = `${host.n8n.url}/webhook/adobe-events`;
		({ workflowId } = await host.importTemplate('02-webhook-health', settingsFor(frontDoor)));
	});

	beforeEach(() => {
		host.world.reset();
		openMemory(host.userFolder).forget();
	});

	const run = async (trigger: string) => {
		const id = await host.rest.runWorkflow(workflowId, trigger);
		const execution = await host.rest.waitForExecution({ id });
		expect([execution.status, execution.data.resultData.error?.message]).toEqual([
			'success',
			undefined,
		]);
	};
	const told = () => Messages.parse(host.world.state().slack['messages']);
	const registrations = () => Registrations.parse(host.world.state().adobe['registrations']);
	const health = async (token: string = secrets.healthToken) => {
		const answer = await fetch(`${host.n8n.url}/webhook/webhook-health`, {
			headers: { 'x-health-token': token },
		});
		return { status: answer.status, body: answer.status === 403 ? null : await answer.json() };
	};
	const deliver = async (signedBody: string, body = signedBody) => {
		const headers = sign({ scheme: 'adobe-io', secret: '', body: signedBody, at: Date.now() });
		const answer = await fetch(frontDoor, {
			method: 'POST',
			headers: { 'content-type': 'application/cloudevents+json', ...headers },
			body,
		});
		return answer.status;
	};
	const event = (id: string) =>
		JSON.stringify({
			id,
			type: 'com.adobe.lead',
			time: new Date().toISOString(),
			recipientclientid: secrets.adobeClientId,
		});

	it('makes a registration that is gone again, answers its check, and says so once', async () => {
		expect(registrations()).toEqual([]);
		await run('Every 15 Minutes');
		expect(registrations()).toMatchObject([
			{
				webhook_url: frontDoor,
				webhook_status: 'verified',
				enabled: true,
				client_id: secrets.adobeClientId,
				events_of_interest: [{ provider_id: 'provider-1', event_code: 'lead_created' }],
			},
		]);
		expect(told()).toEqual([
			{
				channel: 'C0HANDOFFOPS',
				text: '*Adobe I/O Events*: the registration was gone. It was made again, and is verified now.',
			},
		]);
		await run('Every 15 Minutes');
		expect([registrations().length, told().length]).toEqual([1, 1]);
	});

	it('switches one on again that was switched off', async () => {
		await run('Every 15 Minutes');
		const [made] = registrations();
		const path = `/events/${secrets.adobeOrg}/project/workspace/registrations`;
		await openClient(host.world).call(`https://api.adobe.io${path}/${made?.registration_id}`, {
			method: 'PUT',
			headers: {
				authorization: `Bearer ${secrets.adobeToken}`,
				'x-api-key': secrets.adobeClientId,
			},
			body: {
				name: 'n8n lead handoff',
				delivery_type: 'webhook',
				webhook_url: frontDoor,
				events_of_interest: [{ provider_id: 'provider-1', event_code: 'lead_created' }],
				enabled: false,
			},
		});
		expect(registrations()).toMatchObject([{ enabled: false }]);
		await run('Every 15 Minutes');
		expect(registrations()).toMatchObject([
			{ registration_id: made?.registration_id, enabled: true },
		]);
		expect(told().at(-1)?.text).toMatch(/was disabled\. It was switched on again/);
	});

	it('tells that the sender could not be asked', async () => {
		host.world.setFault('adobe', { kind: 'error', path: '/registrations' });
		await run('Every 15 Minutes');
		expect(registrations()).toEqual([]);
		expect(told()).toHaveLength(1);
		expect(told()[0]?.text).toMatch(/could not be checked or repaired: ./);
	}, 60_000);

	const listed = (vendor: 'calendly' | 'typeform' | 'microsoft-graph', list: string) =>
		Listed.parse(host.world.state()[vendor][list]);
	const texts = () => told().map(({ text }) => text);
	const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

	describe('Calendly', () => {
		const subscriptions = () => listed('calendly', 'subscriptions');
		const well = {
			callback_url: expect.stringMatching(/adobe-events$/) as string,
			events: ['invitee.created', 'invitee.canceled'],
			organization: ORGANIZATION,
			scope: 'organization',
			state: 'active',
			signing_key: secrets.calendlySigningKey,
		};

		it('is made when it is gone, with the key that deliveries are verified with', async () => {
			await run('Watch Calendly');
			expect(subscriptions()).toMatchObject([well]);
			expect(texts()).toEqual([
				expect.stringMatching(/^\*Calendly\*: .* gone\. It was made again/),
			]);
			await run('Watch Calendly');
			expect([subscriptions().length, told().length]).toEqual([1, 1]);
		});

		it('is told while it fails, and made anew once Calendly has given it up', async () => {
			await run('Watch Calendly');
			host.world.failDeliveries('calendly', 3);
			const [failing] = subscriptions();
			await run('Watch Calendly');
			expect(texts().at(-1)).toMatch(/failing since 20\d\d-.*After 24 hours/);
			expect(subscriptions()).toMatchObject([{ uri: failing?.['uri'] }]);
			host.world.failDeliveries('calendly', 25);
			await run('Watch Calendly');
			expect(texts().at(-1)).toMatch(/was switched off\. It was made again/);
			expect(subscriptions()).toMatchObject([{ ...well, retry_started_at: null }]);
			expect(subscriptions()[0]?.['uri']).not.toBe(failing?.['uri']);
			expect(texts().join()).not.toContain(secrets.calendlySigningKey);
		});

		it('that cannot be asked is told', async () => {
			host.world.setFault('calendly', { kind: 'error' });
			await run('Watch Calendly');
			expect(texts()).toEqual([expect.stringMatching(/^\*Calendly\*: .*could not be checked/)]);
		}, 60_000);

		it('leaves those of others alone', async () => {
			const body = { ...well, callback_url: undefined, state: undefined, url: 'https://a.example' };
			await openClient(host.world).call(CALENDLY, { ...as(secrets.calendlyToken), body });
			host.world.failDeliveries('calendly', 25);
			await run('Watch Calendly');
			expect(subscriptions()).toMatchObject([
				{ callback_url: 'https://a.example', state: 'disabled' },
				well,
			]);
		});
	});

	it('Typeform: is switched on again with its secret and what it listens to', async () => {
		const webhooks = () => listed('typeform', 'webhooks');
		await openClient(host.world).call(`${TYPEFORM}/mine`, {
			method: 'PUT',
			...as(secrets.typeformToken),
			body: { url: frontDoor, enabled: true, event_types: { form_response_partial: true } },
		});
		await run('Watch Typeform');
		expect(told()).toEqual([]);
		host.world.failDeliveries('typeform', 10);
		await run('Watch Typeform');
		expect(webhooks()).toMatchObject([
			{
				tag: 'mine',
				enabled: true,
				secret: secrets.typeformSecret,
				event_types: { form_response_partial: true },
			},
		]);
		expect(texts()).toEqual([
			expect.stringMatching(/was disabled\. It was switched on again, and is enabled now/),
		]);
		host.world.reset();
		await run('Watch Typeform');
		expect(webhooks()).toMatchObject([{ tag: 'n8n', url: frontDoor, enabled: true }]);
	});

	describe('Microsoft Graph', () => {
		const receiver = createServer(({ url = '' }, response) => {
			response.end(new URL(url, 'http://x').searchParams.get('validationToken'));
		});
		beforeAll(async () => {
			await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
		});
		afterAll(() => receiver.close());

		/** Made for a receiver that answers Microsoft, and then moved to the URL of the trigger. */
		const subscribe = async (hours: number) => {
			const client = openClient(host.world);
			const { port } = receiver.address() as AddressInfo;
			const expirationDateTime = new Date(Date.now() + hours * 3_600_000).toISOString();
			const made = await client.call(GRAPH, {
				...as(secrets.microsoftToken),
				body: {
					changeType: 'created',
					resource: 'me/events',
					notificationUrl: `http://127.0.0.1:${port}/`,
					clientState: 'state',
					expirationDateTime,
				},
			});
			expect(made.status).toBe(201);
			await client.call(`${GRAPH}/${String(made.body['id'])}`, {
				method: 'PATCH',
				...as(secrets.microsoftToken),
				body: { notificationUrl: frontDoor },
			});
			return expirationDateTime;
		};
		const ends = () =>
			listed('microsoft-graph', 'subscriptions').map(({ expirationDateTime: end }) => String(end));

		it('is renewed a day before it ends, without a word', async () => {
			const before = await subscribe(25);
			await run('Watch Graph');
			expect(ends()).toEqual([before]);
			host.world.reset();
			await subscribe(23);
			await run('Watch Graph');
			const [end = ''] = ends();
			const minutes = (Date.parse(end) - Date.now()) / 60_000;
			expect(minutes).toBeGreaterThan(4_225);
			expect(minutes).toBeLessThanOrEqual(4_230);
			expect(told()).toEqual([]);
		});

		it('that is gone is told', async () => {
			await run('Watch Graph');
			expect(texts()).toEqual([
				expect.stringMatching(/no subscription calls .* Make it again, with the clientState/),
			]);
		});
	});

	it('answers a monitor 503 with the reason, and 200 once all is well', async () => {
		expect((await health('wrong')).status).toBe(403);
		const unwell = await health();
		expect(unwell.status).toBe(503);
		expect(Health.parse(unwell.body)).toMatchObject({
			healthy: false,
			sources: [{ source: 'adobe-io', findings: [{ code: 'SILENT' }] }],
		});
		expect(await deliver(event('evt-1'))).toBe(200);
		const well = await health();
		expect([well.status, Health.parse(well.body)]).toMatchObject([
			200,
			{ healthy: true, sources: [{ accepted: 1, refused: 0, findings: [] }] },
		]);
	});

	it('tells Slack once what is wrong, in words', async () => {
		expect(await deliver(event('evt-2'))).toBe(200);
		await run('Every Hour');
		expect(told()).toEqual([]);
		for (let forged = 0; forged < 9; forged += 1) {
			const body = event(`evt-forged-${forged}`);
			expect(await deliver(body, body.replace('lead', 'load'))).toBe(401);
		}
		const hour = new Date().getUTCHours();
		await run('Every Hour');
		expect(told().map(({ text }) => text)).toEqual([
			'*Webhooks from adobe-io* are unwell: 9 of 10 deliveries (90 %) were refused, mostly MISMATCH. Compare the secret in the credential with the one at the sender.',
		]);
		await sleep(10);
		await run('Every Hour');
		expect(told()).toHaveLength(new Date().getUTCHours() === hour ? 1 : 2);
		expect((await health()).status).toBe(503);
	});
});

function filled({ name, parameters }: Template['nodes'][number], webhookUrl: string) {
	const values: Readonly<Record<string, string>> = {
		consumerOrgId: secrets.adobeOrg,
		clientId: secrets.adobeClientId,
		webhookUrl,
		organization: ORGANIZATION,
		formId: 'form-1',
		events: "={{ [{ provider_id: 'provider-1', event_code: 'lead_created' }] }}",
	};
	const { assignments } = z
		.object({
			assignments: z.object({ assignments: z.array(z.looseObject({ name: z.string() })) }),
		})
		.parse(parameters).assignments;
	return {
		...parameters,
		assignments: {
			assignments: assignments.map((one) => ({
				...one,
				value:
					one.name !== 'events' || name === 'Adobe Settings'
						? (values[one.name] ?? one['value'])
						: one['value'],
			})),
		},
	};
}
