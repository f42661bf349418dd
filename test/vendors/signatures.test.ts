import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { verify, type Delivery, type RefusalReason, type Scheme } from '../../lib/domain/signature';
import { signatures } from '../../lib/vendors/signatures';
import { genericHmac } from '../../lib/vendors/signatures/generic';
import vectors from '../vectors/webhook-vectors.json';

interface Vector {
	id: string;
	scheme: string;
	secret?: string | string[];
	publicKey?: string;
	method?: string;
	url?: string;
	headers: Record<string, string | string[]>;
	body: string;
	bodyEncoding?: string;
	now: number | null;
	expect: 'valid' | 'invalid';
	reason: string;
}

const all = vectors as unknown as Vector[];
const scheme = (id: string) => signatures.find((known) => known.id === id) as Scheme;

const deliveryOf = ({ method, url, headers, body, bodyEncoding }: Vector): Delivery => ({
	method: method ?? 'POST',
	url: url ?? '',
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	),
	body: Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8'),
});

const REASONS: Record<string, RefusalReason> = {
	missing_signature: 'MISSING_SIGNATURE',
	malformed_signature: 'MALFORMED_SIGNATURE',
	missing_timestamp: 'MISSING_TIMESTAMP',
	malformed_timestamp: 'MALFORMED_TIMESTAMP',
	expired: 'TOO_OLD',
	future: 'TOO_NEW',
	mismatch: 'MISMATCH',
};

describe.each(['hubspot-v3', 'standard-webhooks'])('%s', (id) => {
	// A public key (`v1a`) is another algorithm: such vectors have no shared secret to try.
	const own = all.filter((vector) => vector.scheme === id && vector.secret !== undefined);
	it.each(own.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
		const secrets = [vector.secret ?? []].flat();
		const now = Number(vector.now) * 1000;
		const verdict = verify(scheme(id), deliveryOf(vector), secrets, { now });
		expect(verdict.ok).toBe(vector.expect === 'valid');
		if (!verdict.ok) expect(verdict.reason).toBe(REASONS[vector.reason] ?? vector.reason);
	});
});

const NOW = 1_700_000_000_000;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = '{"amount":1.0,"name":"Zoë \\u00e9"}\r\n';

const signed = (): Delivery => ({
	method: 'POST',
	url: 'https://hooks.example.com/lead',
	headers: {
		'webhook-id': 'evt_1',
		'webhook-timestamp': String(NOW / 1000),
		'webhook-signature': new StandardWebhook(SECRET).sign('evt_1', new Date(NOW), BODY),
	},
	body: Buffer.from(BODY),
});

describe('against the reference implementation', () => {
	it('accepts what standardwebhooks signs, under either family of headers', () => {
		const byStandard = verify(scheme('standard-webhooks'), signed(), [SECRET], { now: NOW });
		expect(byStandard).toMatchObject({ ok: true, eventId: 'evt_1', secretIndex: 0 });
		const svix = {
			...signed(),
			headers: {
				'svix-id': 'evt_1',
				'svix-timestamp': String(NOW / 1000),
				'svix-signature': new StandardWebhook(SECRET).sign('evt_1', new Date(NOW), BODY),
			},
		};
		expect(verify(scheme('standard-webhooks'), svix, [SECRET], { now: NOW }).ok).toBe(true);
	});
});

describe('what no scheme may get wrong', () => {
	const standard = scheme('standard-webhooks');
	const judge = (delivery: Delivery, secrets = [SECRET], now = NOW) =>
		verify(standard, delivery, secrets, { now });

	it('rejects every delivery with one byte changed', () => {
		const { body } = signed();
		for (let at = 0; at < body.length; at += 1) {
			const altered = Buffer.from(body);
			altered[at] = (altered[at] ?? 0) ^ 1;
			expect(judge({ ...signed(), body: altered })).toMatchObject({ reason: 'MISMATCH' });
		}
	});

	it('rejects every signature with one character changed', () => {
		const header = String(signed().headers['webhook-signature']);
		for (let at = 0; at < header.length; at += 1) {
			const altered = header.slice(0, at) + (header[at] === 'A' ? 'B' : 'A') + header.slice(at + 1);
			const delivery = {
				...signed(),
				headers: { ...signed().headers, 'webhook-signature': altered },
			};
			expect(judge(delivery).ok).toBe(false);
		}
	});

	it('rejects the same bytes in another spelling', () => {
		const header = String(signed().headers['webhook-signature']);
		const last = header.at(-2) ?? '';
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		// The two spare bits of the last letter: a lenient decoder does not look at them.
		const other = `${header.slice(0, -2)}${letters[letters.indexOf(last) | 1]}=`;
		const bytes = (text: string) => Buffer.from(text.slice(3), 'base64');
		expect(other).not.toBe(header);
		expect(bytes(other)).toEqual(bytes(header));
		const delivery = { ...signed(), headers: { ...signed().headers, 'webhook-signature': other } };
		expect(judge(delivery)).toMatchObject({ reason: 'MALFORMED_SIGNATURE' });
	});

	it('never verifies with no secret, or with an empty one', () => {
		expect(judge(signed(), []).ok).toBe(false);
		expect(judge(signed(), ['']).ok).toBe(false);
		const emptyKey = createHmac('sha256', '').update(BODY).digest('hex');
		const plain = genericHmac({ signatureHeader: 'x-signature' });
		const delivery = { ...signed(), headers: { 'x-signature': emptyKey } };
		expect(verify(plain, delivery, [''], { now: NOW }).ok).toBe(false);
	});

	it('says which secret matched, so that a rotation can be finished', () => {
		const fresh = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
		expect(judge(signed(), [fresh, SECRET])).toMatchObject({ ok: true, secretIndex: 1 });
	});

	it('bounds the clock on both sides, to the millisecond', () => {
		expect(judge(signed(), [SECRET], NOW + 300_000).ok).toBe(true);
		expect(judge(signed(), [SECRET], NOW + 300_001)).toMatchObject({ reason: 'TOO_OLD' });
		expect(judge(signed(), [SECRET], NOW - 300_000).ok).toBe(true);
		expect(judge(signed(), [SECRET], NOW - 300_001)).toMatchObject({ reason: 'TOO_NEW' });
	});

	it('refuses headers sent twice, and timestamps that are nearly numbers', () => {
		const twice = {
			...signed(),
			headers: { ...signed().headers, 'webhook-signature': ['v1,a', 'v1,b'] },
		};
		expect(judge(twice)).toMatchObject({ reason: 'DUPLICATE_HEADER' });
		for (const timestamp of ['1700000000abc', '1.7e9', ' 1700000000', '-1', '']) {
			const delivery = {
				...signed(),
				headers: { ...signed().headers, 'webhook-timestamp': timestamp },
			};
			expect(judge(delivery).ok).toBe(false);
		}
	});

	it('neither accepts nor crashes on random headers', () => {
		const names = [
			'webhook-id',
			'webhook-timestamp',
			'webhook-signature',
			'x-hubspot-signature-v3',
			'x-hubspot-request-timestamp',
		];
		const headers = fc.dictionary(
			fc.constantFrom(...names),
			fc.oneof(fc.string(), fc.array(fc.string()), fc.integer()),
		);
		fc.assert(
			fc.property(headers, fc.uint8Array(), (given, body) => {
				const delivery = { method: 'POST', url: 'x', headers: given, body: Buffer.from(body) };
				return signatures.every(
					(known) => !verify(known, delivery, ['secret', SECRET], { now: NOW }).ok,
				);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('generic HMAC', () => {
	const body = Buffer.from('{"a":1}');
	const sign = (
		content: string,
		algorithm: string,
		encoding: 'hex' | 'base64',
		key: string | Buffer = 'shh',
	) => createHmac(algorithm, key).update(content).digest(encoding);
	const delivery = (headers: Record<string, string>) => ({
		method: 'post',
		url: 'https://h.io/x',
		headers,
		body,
	});

	it('expresses Slack, Paddle-like and GitHub signatures', () => {
		const slack = genericHmac({
			signatureHeader: 'X-Slack-Signature',
			prefix: 'v0=',
			signedContent: 'v0:{timestamp}:{body}',
			timestampHeader: 'X-Slack-Request-Timestamp',
		});
		const at = String(NOW / 1000);
		const headers = {
			'x-slack-signature': `v0=${sign(`v0:${at}:${body}`, 'sha256', 'hex')}`,
			'x-slack-request-timestamp': at,
		};
		expect(verify(slack, delivery(headers), ['shh'], { now: NOW }).ok).toBe(true);
		expect(verify(slack, delivery(headers), ['shh'], { now: NOW + 301_000 })).toMatchObject({
			reason: 'TOO_OLD',
		});

		const github = genericHmac({
			signatureHeader: 'X-Hub-Signature-256',
			prefix: 'sha256=',
			eventIdHeader: 'X-GitHub-Delivery',
		});
		const hub = {
			'x-hub-signature-256': `sha256=${sign(String(body), 'sha256', 'hex')}`,
			'x-github-delivery': 'd-1',
		};
		expect(verify(github, delivery(hub), ['shh'], { now: NOW })).toMatchObject({
			ok: true,
			eventId: 'd-1',
		});
	});

	it('signs method, url and id, and reads encoded secrets', () => {
		const made = genericHmac({
			signatureHeader: 's',
			algorithm: 'sha512',
			encoding: 'base64',
			signedContent: '{method}\n{url}\n{id}\n{body}',
			eventIdHeader: 'i',
			secretEncoding: 'hex',
		});
		const key = Buffer.from('00ff', 'hex');
		const signature = sign(`POST\nhttps://h.io/x\n7\n${body}`, 'sha512', 'base64', key);
		expect(verify(made, delivery({ s: signature, i: '7' }), ['00ff'], { now: NOW }).ok).toBe(true);
		expect(verify(made, delivery({ s: signature, i: '8' }), ['00ff'], { now: NOW }).ok).toBe(false);
	});

	it('signs content that only looks like a placeholder as it stands', () => {
		const made = genericHmac({ signatureHeader: 's', signedContent: 'timestamp{x}{body}' });
		const signature = sign(`timestamp{x}${body}`, 'sha256', 'hex');
		expect(verify(made, delivery({ s: signature }), ['shh'], { now: NOW }).ok).toBe(true);
	});

	it('names the setting that cannot work', () => {
		expect(() => genericHmac({ signatureHeader: '' })).toThrow(/signatureHeader/);
		expect(() => genericHmac({ signatureHeader: 's', signedContent: 'id' })).toThrow(
			/signedContent/,
		);
		expect(() => genericHmac({ signatureHeader: 's', signedContent: '{timestamp}{body}' })).toThrow(
			/Timestamp Header/,
		);
	});
});
