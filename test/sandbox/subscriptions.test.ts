import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { secrets } from '../../sandbox/secrets';
import type { Call } from './client';
import { useWorld } from './world';

const at = useWorld();
const as =
	(token: string, base: string) =>
	async (path: string, { headers, ...call }: Call = {}) =>
		await at.client.call(`${base}${path}`, {
			...call,
			headers: { authorization: `Bearer ${token}`, ...headers },
		});

describe('Calendly', () => {
	const api = as(secrets.calendlyToken, 'https://api.calendly.com/webhook_subscriptions');
	const organization = 'https://api.calendly.com/organizations/o1';
	const wanted = {
		url: 'https://n8n.example.com/webhook/calendly',
		events: ['invitee.created'],
		organization,
		scope: 'organization',
		signing_key: 'key',
	};
	const list = async () => {
		const query = `?scope=organization&organization=${encodeURIComponent(organization)}`;
		const { collection } = (await api(query)).body;
		return collection as unknown as Array<Record<string, unknown>>;
	};

	it('makes one subscription for a URL, and never shows its key', async () => {
		const made = await api('', { body: wanted });
		expect(made).toMatchObject({ status: 201, body: { resource: { state: 'active' } } });
		expect(made.text).not.toContain('signing_key');
		expect((await api('', { body: wanted })).status).toBe(409);
		expect(await list()).toMatchObject([{ callback_url: wanted.url, retry_started_at: null }]);
		expect((await api('', { body: { ...wanted, callback: 1 } })).status).toBe(400);
		expect((await api('?scope=organization')).status).toBe(400);
		const stranger = as('x', 'https://api.calendly.com/webhook_subscriptions');
		expect((await stranger('')).status).toBe(401);
	});

	it('tries for a day, and then switches it off; only a new one helps', async () => {
		await api('', { body: wanted });
		await at.world.failDeliveries('calendly', 3);
		expect(await list()).toMatchObject([
			{ state: 'active', retry_started_at: expect.any(String) as string },
		]);
		await at.world.failDeliveries('calendly', 24);
		const [off] = await list();
		expect(off).toMatchObject({ state: 'disabled' });
		const path = String(off?.['uri']).split('/').at(-1);
		expect((await api('', { body: wanted })).status).toBe(409);
		expect((await api(`/${path}`, { method: 'DELETE' })).status).toBe(204);
		expect((await api(`/${path}`)).status).toBe(404);
		expect((await api('', { body: wanted })).status).toBe(201);
	});
});

describe('Typeform', () => {
	const api = as(secrets.typeformToken, 'https://api.typeform.com/forms/f1/webhooks');
	const url = 'https://n8n.example.com/webhook/typeform';
	const put = async (body: object) => await api('/n8n', { method: 'PUT', body });

	it('keeps what is said of a webhook, and nothing else', async () => {
		expect(await put({ url, enabled: true, secret: 's' })).toMatchObject({
			status: 200,
			body: { tag: 'n8n', enabled: true, event_types: { form_response: true } },
		});
		expect((await api('')).body['items']).toMatchObject([{ url, form_id: 'f1' }]);
		const kept = async () => (await at.world.state()).typeform['webhooks'];
		expect(await kept()).toMatchObject([{ secret: 's' }]);
		await at.world.failDeliveries('typeform', 10);
		expect((await api('/n8n')).body).toMatchObject({ enabled: false });
		await put({ url, enabled: true });
		expect(await kept()).toMatchObject([{ enabled: true, secret: null }]);
		expect((await put({ url: '' })).status).toBe(400);
		expect((await api('/other')).status).toBe(404);
		expect((await as('x', 'https://api.typeform.com/forms/f1/webhooks')('')).status).toBe(403);
	});
});

describe('Microsoft Graph', () => {
	const api = as(secrets.microsoftToken, 'https://graph.microsoft.com/v1.0/subscriptions');
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
	let receiver: Server;
	let notificationUrl: string;
	beforeAll(async () => {
		receiver = createServer(({ url = '' }, response) => {
			const { pathname, searchParams } = new URL(url, 'http://x');
			response.end(pathname === '/good' ? searchParams.get('validationToken') : 'hello');
		});
		await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
		notificationUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/good`;
	});
	afterAll(() => receiver.close());
	const wanted = (more: object = {}) => ({
		changeType: 'created',
		resource: 'me/events',
		notificationUrl,
		expirationDateTime: inMinutes(60),
		clientState: 'state',
		...more,
	});

	it('asks the URL before it believes in it, and ends what is not renewed', async () => {
		const made = await api('', { body: wanted() });
		expect(made).toMatchObject({ status: 201, body: { clientState: null } });
		const id = String(made.body['id']);
		const renew = async (minutes: number) =>
			await api(`/${id}`, { method: 'PATCH', body: { expirationDateTime: inMinutes(minutes) } });
		expect((await renew(10_079)).status).toBe(200);
		expect((await renew(10_090)).status).toBe(400);
		expect((await renew(-1)).status).toBe(400);
		expect((await api('')).body['value']).toMatchObject([{ id, notificationUrl }]);
		const bad = wanted({ notificationUrl: notificationUrl.replace('good', 'bad') });
		expect((await api('', { body: bad })).status).toBe(400);
		const teams = wanted({ resource: 'teams/getAllMessages', expirationDateTime: inMinutes(5000) });
		expect((await api('', { body: teams })).status).toBe(400);
		expect((await api('/other')).status).toBe(404);
		expect((await api(`/${id}`, { method: 'DELETE' })).status).toBe(204);
		expect((await api('')).body['value']).toEqual([]);
	});
});
