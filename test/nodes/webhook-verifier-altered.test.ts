import { signed, item, only, SECRET, URL_CALLED, withStore } from './webhook-verifier-host';

withStore();

const [VERIFIED, REJECTED] = [0, 1];
const BODY = '{"event_id":"e1","name":"x&email=forger@example.com&"}';
const typeform = { sender: 'typeform' };

describe('a delivery that was recorded, and is sent again as another', () => {
	it('does not pass as a file of a multipart form with fields of its own', async () => {
		const { json, binary } = signed('typeform', BODY);
		const headers = { ...json.headers, 'content-type': 'multipart/form-data; boundary=x' };
		const forged = { ...json, headers, body: { email: 'forger@example.com' } };
		const { output, verification } = await only({
			items: [{ json: forged, binary }],
			parameters: typeform,
		});
		expect(output).toBe(REJECTED);
		expect(verification).toMatchObject({ ok: false, reason: 'BODY_NOT_SIGNED' });
	});

	it('goes on with the body that was signed, whatever n8n made of its type', async () => {
		const { json, binary } = signed('typeform', BODY);
		const headers = { ...json.headers, 'content-type': 'application/x-www-form-urlencoded' };
		const forged = { ...json, headers, body: { email: 'forger@example.com' } };
		const { output, json: out } = await only({
			items: [{ json: forged, binary }],
			parameters: typeform,
		});
		expect(output).toBe(VERIFIED);
		expect(out['body']).toEqual(JSON.parse(BODY));
	});

	it('keeps the body that n8n made of a signed form', async () => {
		const more = { body: { type: 'subscribe' }, query: { token: SECRET } };
		const { json } = await only({
			items: [item('type=subscribe', {}, more)],
			parameters: { sender: 'mailchimp' },
		});
		expect(json['body']).toEqual(more.body);
	});
});

describe('a token in the Public URL of the panel', () => {
	it.each<[string, object, number]>([
		['nothing', {}, REJECTED],
		['a guess', { token: 'guess' }, REJECTED],
		['the token and more', { token: [SECRET, 'x'] }, REJECTED],
		['the token', { token: SECRET }, VERIFIED],
	])('lets nobody in who does not send it: %s', async (_, query, expected) => {
		const { output } = await only({
			items: [item('{}', {}, { query: { ...query } })],
			parameters: {
				sender: 'url-token',
				publicUrl: `${URL_CALLED}?token=${encodeURIComponent(SECRET)}`,
			},
		});
		expect(output).toBe(expected);
	});
});

it.each(['basic', 'pipedrive'])(
	'%s with a secret that can never match is a wrong configuration',
	async (sender) => {
		const scene = {
			items: [item('{}', { authorization: 'Basic eDp5' })],
			parameters: { sender },
			credentials: { webhookSigningSecretApi: { secret: 'only-the-password' } },
		};
		await expect(only(scene)).rejects.toThrow(/'Secret' in the credential is not a key as/);
	},
);
