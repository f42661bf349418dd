import { randomUUID } from 'node:crypto';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { readCounts } from '../../lib/vendors/delivery-counts';
import { secrets } from '../../sandbox/secrets';
import { sign } from '../../sandbox/sign';
import {
	item,
	only,
	run,
	SECRET,
	signed,
	URL_CALLED,
	verificationOf,
	withStore,
} from './webhook-verifier-host';

withStore();

const [VERIFIED, REJECTED, CHALLENGE] = [0, 1, 2];
/** Bytes that would not survive being parsed and written again. */
const BODY = '{ "eventId": "e1", "amount": 1.0, "name": "Zo\\u00eb" }\r\n';

describe('outputs', () => {
	it('Verified: with what is known about the delivery, and the item as it was', async () => {
		const at = Date.now() - 4_000;
		const delivery = signed('standard-webhooks', BODY, { at, more: { keep: 'me' } });
		const { output, verification, json } = await only({ items: [delivery] });
		expect(output).toBe(VERIFIED);
		expect(verification).toMatchObject({
			ok: true,
			scheme: 'standard-webhooks',
			secretIndex: 0,
			eventId: delivery.json.headers['webhook-id'],
			eventIdFrom: 'sender',
		});
		expect(verification['ageMs']).toBeGreaterThanOrEqual(4_000);
		expect(verification).not.toHaveProperty('response');
		expect(json).toMatchObject({ keep: 'me', trace: { stages: [{ stage: 'verified' }] } });
	});

	it('Rejected: one byte more, with the reason and what to answer', async () => {
		const { headers } = signed('standard-webhooks', BODY).json;
		const { output, verification } = await only({ items: [item(`${BODY} `, headers)] });
		expect(output).toBe(REJECTED);
		expect(verification).toMatchObject({
			ok: false,
			reason: 'MISMATCH',
			explanation: expect.stringMatching(/no secret in the credential/) as string,
			response: { statusCode: 401, body: '{"accepted":false}' },
		});
	});

	it('Challenge: the check of a subscription, with its answer', async () => {
		const { output, verification } = await only({
			items: [item('', {}, { query: { challenge: 'c-1' } })],
			parameters: { sender: 'adobe-io', 'options.method': 'GET' },
			credentials: { webhookSigningSecretApi: { expectedIds: 'me' } },
		});
		expect(output).toBe(CHALLENGE);
		expect(verification).toMatchObject({
			ok: true,
			challenge: true,
			response: { statusCode: 200, body: '{"challenge":"c-1"}' },
		});
	});

	it('keeps the order and the pairing of many items', async () => {
		const good = signed('stripe', '{"id":"evt_1"}');
		const bad = item('{"id":"evt_2"}', good.json.headers);
		const { outputs } = await run({
			items: [bad, good, bad, good],
			parameters: { sender: 'stripe' },
		});
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 1 }, { item: 3 }],
			[{ item: 0 }, { item: 2 }],
			[],
		]);
	});

	it('says what the sender does not protect against', async () => {
		const { verification } = await only({
			items: [signed('typeform', '{"event_id":"t1"}')],
			parameters: { sender: 'typeform' },
		});
		expect(verification).toMatchObject({ ok: true, weakness: expect.any(String) as string });
	});
});

describe('one item per event', () => {
	const events = [1, 2].map((objectId) => ({
		eventId: objectId,
		subscriptionId: 7,
		portalId: 62515,
		subscriptionType: 'contact.creation',
		objectId,
		occurredAt: 1_772_000_000_000,
		attemptNumber: 0,
	}));
	const body = JSON.stringify(events);
	const parameters = { sender: 'hubspot-v3' };

	it('is off: one item, with the ids of all', async () => {
		const delivery = signed('hubspot-v3', body);
		const { verification } = await only({ items: [delivery], parameters });
		expect(verification['eventIds']).toHaveLength(2);
	});

	it('splits, each with its event, its own id, and without the raw bytes of all', async () => {
		const { outputs } = await run({
			items: [signed('hubspot-v3', body)],
			parameters: { ...parameters, 'options.splitEvents': true },
		});
		const items = outputs[VERIFIED] ?? [];
		expect(items.map(({ json }) => json['body'])).toEqual(events);
		const ids = items.map((one) => verificationOf(one)['eventId']);
		expect(new Set(ids).size).toBe(2);
		expect(items.map(({ pairedItem, binary }) => [pairedItem, binary])).toEqual([
			[{ item: 0 }, undefined],
			[{ item: 0 }, undefined],
		]);
	});
});

describe('replays', () => {
	const parameters = { sender: 'stripe', refuseReplays: true };

	it('lets the first of the very same delivery in, and answers the second 409', async () => {
		const delivery = signed('stripe', `{"id":"${randomUUID()}"}`);
		expect((await only({ items: [delivery], parameters })).output).toBe(VERIFIED);
		const again = await only({ items: [delivery], parameters });
		expect(again.output).toBe(REJECTED);
		expect(again.verification).toMatchObject({
			reason: 'REPLAYED',
			response: { statusCode: 409 },
		});
	});

	it('lets the same event in when its sender signs it anew', async () => {
		const body = `{"id":"${randomUUID()}"}`;
		const at = Date.now();
		for (const age of [2_000, 1_000]) {
			const delivery = signed('stripe', body, { at: at - age });
			expect((await only({ items: [delivery], parameters })).output).toBe(VERIFIED);
		}
	});

	it('a forged copy does not spend the memory of the genuine one', async () => {
		const delivery = signed('stripe', `{"id":"${randomUUID()}"}`);
		const headers = { ...delivery.json.headers };
		const signature = String(headers['stripe-signature']);
		headers['stripe-signature'] = signature.replace(/v1=./, (found) =>
			found === 'v1=0' ? 'v1=1' : 'v1=0',
		);
		const forged = { ...delivery, json: { ...delivery.json, headers } };
		expect((await only({ items: [forged], parameters })).output).toBe(REJECTED);
		expect((await only({ items: [delivery], parameters })).output).toBe(VERIFIED);
	});
});

describe('secrets', () => {
	it.each([
		['the current one', { secret: SECRET, previousSecret: 'whsec_b2xkb2xkb2xkb2xkb2xkb2xk' }, 0],
		['the previous one', { secret: 'whsec_bmV3bmV3bmV3bmV3bmV3bmV3', previousSecret: SECRET }, 1],
		[
			'a later line',
			{
				secret: 'whsec_bmV3bmV3bmV3bmV3bmV3bmV3',
				moreSecrets: `whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=\n\n ${SECRET} \n`,
			},
			2,
		],
	])('%s matches, and is named', async (_, credential, secretIndex) => {
		const { verification } = await only({
			items: [signed('standard-webhooks', BODY)],
			credentials: { webhookSigningSecretApi: credential },
		});
		expect(verification).toMatchObject({ ok: true, secretIndex });
	});

	it.each([
		['standard-webhooks', {}, /no secret.*Standard Webhooks.*You find it here/],
		['sendgrid', { expectedIds: 'x' }, /no public key.*SendGrid/],
		['adobe-io', { secret: 'x' }, /no expected ID.*Adobe/],
		['jwt', {}, /no secret and no public key/],
		['standard-webhooks', { secret: 'not base64!' }, /'Secret' in the credential is not a key/],
	])(
		'%s without what it needs stops, and says where it is',
		async (sender, credential, message) => {
			const scene = {
				items: [signed('standard-webhooks', BODY)],
				parameters: { sender, jwtAlgorithms: ['HS256'] },
				credentials: { webhookSigningSecretApi: credential },
			};
			await expect(run(scene)).rejects.toThrow(message);
			const { outputs } = await run({ ...scene, onError: 'continueErrorOutput' });
			expect(outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'CONFIG_INVALID' });
		},
	);

	it('no credential at all', async () => {
		const items = [signed('standard-webhooks', BODY)];
		await expect(run({ items, credentials: {} })).rejects.toThrow(/No credential/);
	});
});

describe('what the Webhook node leaves out', () => {
	it('says that Raw Body is off', async () => {
		const { binary, ...withoutBytes } = signed('standard-webhooks', BODY);
		expect(binary).toBeDefined();
		await expect(run({ items: [withoutBytes] })).rejects.toThrow(
			/no raw body in the binary field 'data'.*Turn on the option 'Raw Body'/,
		);
	});

	it('takes a call without a body for one', async () => {
		const items = [{ json: { headers: { 'content-length': '0' }, query: {}, body: {} } }];
		const { verification } = await only({ items });
		expect(verification).toMatchObject({ ok: false, reason: 'MISSING_SIGNATURE' });
	});
});

it('counts what became of each delivery, under the name that the node gives', async () => {
	const genuine = signed('stripe', '{"id":"evt_1"}');
	const parameters = { sender: 'stripe', 'options.source': 'counted' };
	await run({ items: [genuine, genuine, item('{}', {})], parameters });
	const [counts] = await readCounts(openSqliteStore(), {
		since: Date.now(),
		now: Date.now(),
		sources: ['counted'],
	});
	expect(counts).toMatchObject({
		accepted: 2,
		refused: 1,
		refusedBy: { MISSING_SIGNATURE: 1 },
	});
});

it('verifies where nothing can be counted, and says so in the log', async () => {
	const { output, logged } = await only({
		items: [signed('stripe', '{"id":"evt_1"}')],
		parameters: { sender: 'stripe', store: 'redis' },
	});
	expect(output).toBe(VERIFIED);
	expect(logged).toEqual([
		"Webhook Verifier: delivery not counted: 'Store' is Redis but no Redis credential is set. Choose one in the node",
	]);
});

it('verifies the public URL that the panel says, query included, as long as it is that of the call', async () => {
	const body = '[]';
	const called = `${URL_CALLED}?a=1&b=x%20y`;
	const headers = sign({
		scheme: 'hubspot-v3',
		secret: SECRET,
		body,
		at: Date.now(),
		url: called,
	});
	const parameters = { sender: 'hubspot-v3', publicUrl: called };
	const items = [item(body, headers, { query: { a: '1', b: 'x y' } })];
	expect((await only({ items, parameters })).output).toBe(VERIFIED);
	const elsewhere = { ...parameters, publicUrl: URL_CALLED };
	expect((await only({ items, parameters: elsewhere })).output).toBe(REJECTED);
	const altered = [item(body, headers, { query: { a: '2', b: 'x y' } })];
	expect((await only({ items: altered, parameters })).output).toBe(REJECTED);
});

it('never lets a secret out', async () => {
	const { json } = await only({ items: [signed('standard-webhooks', BODY)] });
	expect(JSON.stringify(json)).not.toContain(secrets.webhookSecret);
});
