import { createHmac } from 'node:crypto';
import type { Delivery } from '../../../lib/domain/signature/received';
import { verifyDelivery } from '../../../lib/vendors/verify-delivery';
import { genuine, material, NOW, sampleOf, signed, URL } from './genuine';
import { opened } from './opened';

const KEYS = { get: async () => new Map<string, string>() };

describe('challenges and test messages', () => {
	const asked = async (id: string, delivery: Delivery) =>
		await verifyDelivery(
			delivery,
			{ scheme: opened(id), material: material(sampleOf(id).secret), keys: KEYS },
			NOW,
		);
	const get = (query: string): Delivery => ({
		method: 'GET',
		url: `${URL}${query}`,
		headers: {},
		body: Buffer.alloc(0),
	});

	it.each([
		['calcom', '{"triggerEvent":"PING","createdAt":"2023-11-14T22:13:20Z"}', {}],
		['intercom', '{"type":"notification_event","topic":"ping"}', {}],
		['github', '{"zen":"Keep it logically awesome."}', { 'x-github-event': 'ping' }],
	])('%s: a signed test message is no lead', async (id, text, headers) => {
		const sent = signed(id, Buffer.from(text));
		const outcome = await asked(id, { ...sent, headers: { ...sent.headers, ...headers } });
		expect(outcome).toMatchObject({ kind: 'challenge', answer: { status: 200 } });
		const forged = {
			...sent,
			headers: { ...sent.headers, ...headers },
			body: Buffer.from(`${text} `),
		};
		expect((await asked(id, forged)).kind).toBe('refused');
	});

	it('Google Ads: a test lead is answered and goes no further', async () => {
		const body = sampleOf('google-ads').body(NOW).replace('"is_test":false', '"is_test":true');
		const outcome = await asked('google-ads', signed('google-ads', Buffer.from(body)));
		expect(outcome).toMatchObject({ kind: 'challenge', answer: { status: 200 } });
		expect((await asked('google-ads', genuine('google-ads'))).kind).toBe('verified');
	});

	it('Lusha: the challenge comes back as JSON, whatever it says', async () => {
		const outcome = await asked('lusha', get('?challenge=%3Cscript%3E%22'));
		expect(outcome).toMatchObject({
			kind: 'challenge',
			answer: { contentType: 'application/json', body: '{"challenge":"<script>\\""}' },
		});
		expect((await asked('lusha', { ...get('?challenge=a'), method: 'POST' })).kind).toBe('refused');
	});

	it('Meta: digits are echoed, other texts are not', async () => {
		const query = (challenge: string) =>
			`?hub.mode=subscribe&hub.verify_token=x&hub.challenge=${challenge}`;
		const outcome = await asked('meta', get(query('1158201444')));
		expect(outcome).toMatchObject({
			kind: 'challenge',
			answer: { status: 200, body: '1158201444' },
		});
		expect((await asked('meta', get(query('%3Cb%3E')))).kind).toBe('refused');
		expect((await asked('meta', get('?hub.challenge=1'))).kind).toBe('refused');
	});

	it('LinkedIn: a UUID is answered with its hash', async () => {
		const code = '890e4665-4dfe-4ab1-b689-ed553bceeed0';
		const { secret } = sampleOf('linkedin');
		const outcome = await asked('linkedin', get(`?challengeCode=${code}`));
		if (outcome.kind !== 'challenge') throw new Error(outcome.kind);
		expect(JSON.parse(outcome.answer.body ?? '')).toEqual({
			challengeCode: code,
			challengeResponse: createHmac('sha256', secret).update(code).digest('hex'),
		});
	});

	it('LinkedIn: nobody can have a delivery signed by asking for it as a challenge', async () => {
		const forged = 'hmacsha256={"type":"LEAD_ACTION"}';
		const outcome = await asked('linkedin', get(`?challengeCode=${encodeURIComponent(forged)}`));
		expect(outcome.kind).toBe('refused');
	});

	it('LinkedIn: without a secret there is no answer, and no crash', async () => {
		const scheme = opened('linkedin');
		const delivery = get('?challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0');
		const outcome = await verifyDelivery(
			delivery,
			{ scheme, material: material(), keys: KEYS },
			NOW,
		);
		expect(outcome.kind).toBe('refused');
	});
});
