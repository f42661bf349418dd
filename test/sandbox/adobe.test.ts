import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerify } from 'node:crypto';
import { secrets } from '../../sandbox/secrets';
import { sign } from '../../sandbox/sign';
import type { Call } from './client';
import { useWorld } from './world';

const at = useWorld();
const folder = `https://api.adobe.io/events/${secrets.adobeOrg}/project/workspace/registrations`;
const signedIn = {
	authorization: `Bearer ${secrets.adobeToken}`,
	'x-api-key': secrets.adobeClientId,
};
const api = async (path: string, { headers, ...call }: Call = {}) =>
	await at.client.call(`${folder}${path}`, { ...call, headers: { ...signedIn, ...headers } });

let webhook: Server;
let webhookUrl: string;
const wanted = (more = {}) => ({
	client_id: secrets.adobeClientId,
	name: 'leads',
	delivery_type: 'webhook',
	webhook_url: webhookUrl,
	events_of_interest: [{ provider_id: 'p', event_code: 'e' }],
	...more,
});

/** Echoes challenges below /good, and nothing elsewhere. */
beforeAll(async () => {
	webhook = createServer(({ url = '' }, response) => {
		const { pathname, searchParams } = new URL(url, 'http://x');
		response.end(pathname === '/good' ? searchParams.get('challenge') : 'hello');
	});
	await new Promise<void>((done) => webhook.listen(0, '127.0.0.1', done));
	webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/good`;
});
afterAll(() => webhook.close());

describe('Adobe I/O Events', () => {
	it('publishes the key that its events are signed with', async () => {
		const body = '{"amount": 1.0}';
		const headers = sign({ scheme: 'adobe-io', secret: '', body, at: 0 });
		const path = headers['x-adobe-public-key1-path'] ?? '';
		const { status, text } = await at.client.call(`https://static.adobeioevents.com${path}`);
		expect(status).toBe(200);
		const signature = headers['x-adobe-digital-signature-1'] ?? '';
		const judged = (signed: string) =>
			createVerify('RSA-SHA256').update(signed).verify(text, signature, 'base64');
		expect([judged(body), judged('{"amount": 1}')]).toEqual([true, false]);
		const other = path.replace('-1', '-2');
		expect((await at.client.call(`https://static.adobeioevents.com${other}`)).status).toBe(404);
	});

	it('signs servers in', async () => {
		const token = async (secret: string) =>
			await at.client.call('https://ims-na1.adobelogin.com/ims/token/v3', {
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: `grant_type=client_credentials&client_id=${secrets.adobeClientId}&client_secret=${secret}`,
			});
		expect((await token(secrets.adobeClientSecret)).body).toMatchObject({
			access_token: secrets.adobeToken,
		});
		expect((await token('wrong')).status).toBe(401);
	});

	it('keeps registrations, and asks the webhook before it believes in it', async () => {
		const made = await api('', { body: wanted() });
		expect(made).toMatchObject({ status: 200, body: { webhook_status: 'verified' } });
		const id = String(made.body['registration_id']);
		const list = async () => (await api('')).body['_embedded']?.['registrations'];
		expect(await list()).toMatchObject([{ registration_id: id, enabled: true }]);
		const changed = wanted({ enabled: false, webhook_url: webhookUrl.replace('good', 'bad') });
		expect((await api(`/${id}`, { method: 'PUT', body: changed })).body).toMatchObject({
			registration_id: id,
			enabled: false,
			webhook_status: 'unverified',
		});
		expect((await api(`/${id}`, { method: 'DELETE' })).status).toBe(204);
		expect(await list()).toEqual([]);
		expect((await api(`/${id}`)).status).toBe(404);
	});

	it.each([
		['a field that it does not know', { webhookUrl: 'x' }, 400, /webhookUrl/],
		['no events', { events_of_interest: [] }, 400, /events_of_interest/],
		['another client', { client_id: 'somebody' }, 400, /client_id/],
		['no name', { name: '' }, 400, /name/],
		['another kind of delivery', { delivery_type: 'pigeon' }, 400, /delivery_type/],
	])('refuses %s', async (_, more, status, message) => {
		const answer = await api('', { body: wanted(more) });
		expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(message)]);
	});

	it('refuses the same registration twice, and strangers', async () => {
		await api('', { body: wanted() });
		expect((await api('', { body: wanted() })).status).toBe(409);
		expect((await api('', { headers: { authorization: 'Bearer x' } })).status).toBe(401);
		expect((await api('', { headers: { 'x-api-key': 'x' } })).status).toBe(403);
	});
});
