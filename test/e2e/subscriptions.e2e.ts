import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { openClient } from '../sandbox/client';
import { openHealth, ORGANIZATION, settingsFor, type Health } from './health';
import type { TestHost } from './world';

const CALENDLY = 'https://api.calendly.com/webhook_subscriptions';
const TYPEFORM = 'https://api.typeform.com/forms/form-1/webhooks';
const GRAPH = 'https://graph.microsoft.com/v1.0/subscriptions';
const FRONT_DOOR = 'https://n8n.example.com/webhook/adobe-events';
const Listed = z.array(z.looseObject({}));

/** The rows that are off in the template, switched on, with what they end in. */
const ROWS =
	/Calendly|Typeform|Graph|^(Remove Old|Make Again|Switch It On|Renew|Once An Hour|Tell Operations)$/;

const rowsOnly = (template: Template): Template => ({
	...settingsFor(FRONT_DOOR)(template),
	nodes: settingsFor(FRONT_DOOR)(template)
		.nodes.filter(({ name, type }) => ROWS.test(name) && !type.endsWith('stickyNote'))
		.map((node) => ({ ...node, disabled: false })),
	connections: Object.fromEntries(
		Object.entries(template.connections).filter(([name]) => ROWS.test(name)),
	),
});

describe('subscriptions of other senders', () => {
	let health: Health;
	let host: TestHost;

	beforeAll(async () => {
		health = await openHealth(() => rowsOnly);
		({ host } = health);
	});

	beforeEach(() => health.forget());

	const run = async (trigger: string) => await health.run(trigger);
	const told = () => health.told();

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
			body: { url: FRONT_DOOR, enabled: true, event_types: { form_response_partial: true } },
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
		expect(webhooks()).toMatchObject([{ tag: 'n8n', url: FRONT_DOOR, enabled: true }]);
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
				body: { notificationUrl: FRONT_DOOR },
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
});
