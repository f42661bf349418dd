import { generateKeyPairSync } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { sign as signToken } from 'jsonwebtoken';
import type { Delivery } from '../../lib/domain/signature/received';
import type { Material, Scheme } from '../../lib/domain/signature/scheme';
import { sqliteStore } from '../../lib/runtime/store/sqlite';
import type { PublishedKeys } from '../../lib/vendors/published-keys';
import { replayMemory } from '../../lib/vendors/replay-memory';
import { adobeIo } from '../../lib/vendors/signatures/adobe-io';
import { hubspotV3 } from '../../lib/vendors/signatures/hubspot-v3';
import { jwt } from '../../lib/vendors/signatures/jwt';
import { slack } from '../../lib/vendors/signatures/slack';
import { stripe } from '../../lib/vendors/signatures/stripe';
import { typeform } from '../../lib/vendors/signatures/typeform';
import { verifyDelivery, type Gate } from '../../lib/vendors/verify-delivery';
import { adobePublicKey } from '../../sandbox/sender-keys';
import { sign, type Scheme as SignAs } from '../../sandbox/sign';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const SECRET = 'a-secret-of-some-length';
const URL_CALLED = 'https://n8n.example.com/webhook/lead';
const noKeys: PublishedKeys = { get: async () => await Promise.resolve(new Map()) };
const holding = (more: Partial<Material> = {}): Material => ({
	secrets: [SECRET],
	publicKeys: [],
	expectedIds: [],
	...more,
});
const gateOf = (scheme: Scheme, more: Partial<Gate> = {}): Gate => ({
	scheme,
	material: holding(),
	keys: noKeys,
	...more,
});
const store = () =>
	sqliteStore({ path: 'x', open: () => new DatabaseSync(':memory:'), now: () => NOW });

function delivery(scheme: SignAs, body: string, at = NOW): Delivery {
	const headers = sign({ scheme, secret: SECRET, body, at, url: URL_CALLED });
	return { method: 'POST', url: URL_CALLED, headers, body: Buffer.from(body) };
}

it('gives a delivery of several events an id of its own, and each event its own', async () => {
	const events = [1, 2].map((objectId) => ({
		eventId: 100 + objectId,
		portalId: 1,
		subscriptionType: 'contact.creation',
		objectId,
		occurredAt: NOW - 2_000,
		attemptNumber: 0,
	}));
	const judge = async (body: string) =>
		await verifyDelivery(delivery('hubspot-v3', body), gateOf(hubspotV3), NOW);
	const outcome = await judge(JSON.stringify(events));
	if (outcome.kind !== 'verified') throw new Error(outcome.kind);
	const ids = outcome.events.map(({ verification }) => verification.eventId);
	expect(outcome.verification).toMatchObject({
		ok: true,
		secretIndex: 0,
		eventIds: ids,
		lagMs: 2_000,
		receivedAt: '2026-03-02T12:00:00.000Z',
	});
	expect(new Set([...ids, outcome.verification.eventId]).size).toBe(3);
	const retried = await judge(JSON.stringify(events.map((one) => ({ ...one, attemptNumber: 3 }))));
	expect(retried.kind === 'verified' && retried.verification.eventIds).toEqual(ids);
});

it('refuses with the reason, and how old it is', async () => {
	const late = delivery('stripe', '{"id":"evt"}', NOW - 301_000);
	expect(await verifyDelivery(late, gateOf(stripe), NOW)).toEqual({
		kind: 'refused',
		verification: {
			ok: false,
			scheme: 'stripe',
			receivedAt: '2026-03-02T12:00:00.000Z',
			reason: 'TOO_OLD',
			explanation: expect.any(String) as string,
			ageMs: 301_000,
		},
	});
	const patient = gateOf(stripe, { toleranceMs: 400_000 });
	expect((await verifyDelivery(late, patient, NOW)).kind).toBe('verified');
});

describe('challenges', () => {
	const ask = '{"type":"url_verification","challenge":"c-1","token":"t"}';

	it('that come signed are answered once they are proven', async () => {
		const genuine = delivery('slack', ask);
		expect(await verifyDelivery(genuine, gateOf(slack), NOW)).toMatchObject({
			kind: 'challenge',
			answer: { status: 200, body: expect.stringContaining('c-1') as string },
		});
		const forged = { ...genuine, body: Buffer.from(ask.replace('c-1', 'c-2')) };
		expect((await verifyDelivery(forged, gateOf(slack), NOW)).kind).toBe('refused');
	});

	it('are not remembered, counted as leads, or confirmed', async () => {
		const memory = replayMemory(store());
		const confirm = jest.fn();
		const gate = gateOf(slack, { memory, confirm });
		for (const time of [1, 2])
			expect([time, (await verifyDelivery(delivery('slack', ask), gate, NOW)).kind]).toEqual([
				time,
				'challenge',
			]);
		expect(confirm).not.toHaveBeenCalled();
	});
});

describe('the memory of replays', () => {
	const memory = replayMemory(store());

	it('is written only for what is verified and confirmed', async () => {
		const once = delivery('stripe', '{"id":"evt_1"}');
		const unknown = { ok: false as const, reason: 'NOT_CONFIRMED' as const };
		const doubting = gateOf(stripe, {
			memory,
			confirm: async () => await Promise.resolve(unknown),
		});
		const forged = { ...once, body: Buffer.from('{"id":"evt_2"}') };
		const gate = gateOf(stripe, { memory });
		const outcomes = [
			await verifyDelivery(forged, gate, NOW),
			await verifyDelivery(once, doubting, NOW),
			await verifyDelivery(once, gate, NOW),
			await verifyDelivery(once, gate, NOW),
		];
		expect(outcomes.map(({ kind, verification }) => verification.reason ?? kind)).toEqual([
			'MISMATCH',
			'NOT_CONFIRMED',
			'verified',
			'REPLAYED',
		]);
	});

	it('lets a delivery in again that was given back', async () => {
		const once = delivery('stripe', '{"id":"evt_3"}');
		const gate = gateOf(stripe, { memory });
		const outcome = await verifyDelivery(once, gate, NOW);
		await (outcome.kind === 'verified' ? outcome.forget?.() : undefined);
		expect((await verifyDelivery(once, gate, NOW)).kind).toBe('verified');
	});

	it('leaves repeats of senders without a clock to Dedupe', async () => {
		const gate = gateOf(typeform, { memory });
		const same = delivery('typeform', '{"event_id":"t"}');
		for (const time of [1, 2])
			expect([time, (await verifyDelivery(same, gate, NOW)).kind]).toEqual([time, 'verified']);
	});
});

describe('published keys', () => {
	const body = JSON.stringify({ event_id: 'e', recipientclientid: 'me' });
	const material = holding({ secrets: [], expectedIds: ['me'] });

	it('are asked for by the URL that the scheme allows, and by no other', async () => {
		const asked: Array<readonly string[]> = [];
		const keys: PublishedKeys = {
			async get(urls) {
				asked.push(urls);
				return await Promise.resolve(new Map(urls.map((url) => [url, adobePublicKey()])));
			},
		};
		const gate = gateOf(adobeIo, { material, keys });
		const genuine = delivery('adobe-io', body);
		expect((await verifyDelivery(genuine, gate, NOW)).kind).toBe('verified');
		expect(asked).toEqual([['https://static.adobeioevents.com/prod/keys/pub-key-sandbox-1.pem']]);
		for (const path of ['.evil.example/k.pem', '@evil.example/prod/keys/pub-key-1.pem']) {
			const headers = { ...genuine.headers, 'x-adobe-public-key1-path': path };
			const outcome = await verifyDelivery({ ...genuine, headers }, gate, NOW);
			expect(outcome.verification.reason).toBe('UNTRUSTED_KEY_URL');
		}
		expect(asked).toHaveLength(1);
	});

	it('that are unknown are fetched once more, for a sender that has just added one', async () => {
		const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'new', use: 'sig' };
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
		const old = { ...other.export({ format: 'jwk' }), kid: 'old', use: 'sig' };
		const url = 'https://login.example.com/keys';
		const scheme = jwt.open({ algorithm: 'RS256', jwksUrl: url });
		const token = signToken({ exp: NOW / 1000 + 60 }, pair.privateKey, {
			algorithm: 'RS256',
			keyid: 'new',
		});
		const headers = { authorization: `Bearer ${token}` };
		const call = { method: 'POST', url: URL_CALLED, headers, body: Buffer.alloc(0) };
		const freshAfter: Array<number | undefined> = [];
		const sets = [[old], [old, jwk]];
		const keys: PublishedKeys = {
			async get(_, after) {
				freshAfter.push(after);
				const set = JSON.stringify({ keys: sets[Math.min(freshAfter.length, 2) - 1] });
				return await Promise.resolve(new Map([[url, set]]));
			},
		};
		const gate = gateOf(scheme, { material: holding({ secrets: [] }), keys });
		expect((await verifyDelivery(call, gate, NOW)).kind).toBe('verified');
		expect(freshAfter).toEqual([undefined, NOW - 60_000]);
	});

	it('that cannot be had leave it undecided', async () => {
		const keys: PublishedKeys = { get: async () => await Promise.reject(new Error('away')) };
		const gate = gateOf(adobeIo, { material, keys });
		await expect(verifyDelivery(delivery('adobe-io', body), gate, NOW)).rejects.toThrow('away');
	});
});

it('hands on what the sender said when it was asked', async () => {
	const confirm: Gate['confirm'] = async (received) =>
		await Promise.resolve({ ok: true, record: { asked: received.json() } });
	const outcome = await verifyDelivery(
		delivery('typeform', '{"event_id":"t"}'),
		gateOf(typeform, { confirm }),
		NOW,
	);
	expect(outcome).toMatchObject({ kind: 'verified', record: { asked: { event_id: 't' } } });
});
