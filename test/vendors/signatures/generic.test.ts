import { createHash, createHmac } from 'node:crypto';
import { eventsOf } from '../../../lib/domain/signature/event-facts';
import { receive, type Delivery } from '../../../lib/domain/signature/received';
import { verify } from '../../../lib/domain/signature/verify';
import { genericHmac } from '../../../lib/vendors/signatures/generic';
import { AS_SETTINGS, pairs } from './as-settings';
import { caseOf, EVERY_SCHEME, NOW } from './every-scheme';

/** What they sign is made of the body in a way of their own. */
const BEYOND = ['mailgun', 'segment-batch', 'generic-hmac'];

describe('every sender that signs with HMAC, as settings', () => {
	const senders = EVERY_SCHEME.filter(({ proofs }) => proofs.some(({ kind }) => kind === 'hmac'))
		.filter(({ id, proofs }) => !proofs.some(({ kind }) => kind === 'hash') && !BEYOND.includes(id))
		.map((scheme) => [scheme.id, scheme] as const);

	it.each(senders)('%s', (id, preset) => {
		const { delivery, material } = caseOf(preset);
		const settings = AS_SETTINGS[id];
		if (!settings) throw new Error(`${id} is not among the settings`);
		const scheme = genericHmac.open(settings);
		expect(verify(scheme, delivery, material, { now: NOW })).toMatchObject({
			ok: true,
			secretIndex: 0,
		});

		const body = Buffer.concat([delivery.body, Buffer.from('x')]);
		expect(verify(scheme, { ...delivery, body }, material, { now: NOW }).ok).toBe(false);
		const late = { now: NOW + 86_400_000 };
		if ('timestampHeader' in settings || 'timestampKey' in settings)
			expect(verify(scheme, delivery, material, late)).toMatchObject({ reason: 'TOO_OLD' });
	});
});

const BODY = Buffer.from('{"data":{"id":"e-7"},"n":1.0}');
const KEY = 'shh';
const material = { secrets: [KEY], publicKeys: [], expectedIds: [] };
const mac = (content: string, algorithm = 'sha256') => createHmac(algorithm, KEY).update(content);
const delivery = (
	headers: Delivery['headers'],
	url = 'https://h.io/p/a%20th?b=2&a=1',
): Delivery => ({
	method: 'post',
	url,
	headers,
	body: BODY,
});
const judged = (settings: Readonly<Record<string, unknown>>, given: Delivery, now = NOW) =>
	verify(genericHmac.open(settings), given, material, { now });

describe('what is signed', () => {
	it.each([
		['{method} {host}{path}?{query}{newline}{body}', `POST h.io/p/a%20th?b=2&a=1\n${BODY}`],
		['{header:X-Id}|{body}', `abc|${BODY}`],
		[
			'{url}#{body:sha1:base64}',
			`https://h.io/p/a%20th?b=2&a=1#${createHash('sha1').update(BODY).digest('base64')}`,
		],
		['{"literal":{body}}', `{"literal":${BODY}}`],
	])('%s', (signedContent, content) => {
		const headers = { s: mac(content).digest('hex'), 'x-id': 'abc' };
		expect(judged({ signatureHeader: 'S', signedContent }, delivery(headers)).ok).toBe(true);
	});

	it('a header that is signed has to be there, once', () => {
		const settings = { signatureHeader: 's', signedContent: '{header:x-id}{body}' };
		const headers = { s: mac(String(BODY)).digest('hex') };
		expect(judged(settings, delivery(headers))).toMatchObject({ reason: 'MISSING_SIGNATURE' });
		expect(judged(settings, delivery({ ...headers, 'x-id': ['a', 'b'] }))).toMatchObject({
			reason: 'DUPLICATE_HEADER',
		});
	});

	it.each(['sha1', 'sha256', 'sha384', 'sha512'])('with %s, in every encoding', (algorithm) => {
		for (const encoding of ['hex', 'base64', 'base64url'] as const) {
			const headers = { s: mac(String(BODY), algorithm).digest(encoding) };
			expect(judged({ signatureHeader: 's', algorithm, encoding }, delivery(headers)).ok).toBe(
				true,
			);
		}
	});
});

describe('where it stands', () => {
	it('in the query, with the time', () => {
		const settings = {
			signatureQuery: 'sig',
			timestampQuery: 'ts',
			signedContent: '{timestamp}.{body}',
		};
		const t = NOW / 1000;
		const url = `https://h.io/x?ts=${t}&sig=${mac(`${t}.${BODY}`).digest('hex')}`;
		expect(judged(settings, delivery({}, url)).ok).toBe(true);
		expect(judged(settings, delivery({}, url.replace('ts', 'tt')))).toMatchObject({
			reason: 'MISSING_TIMESTAMP',
		});
		expect(judged(settings, delivery({}, `${url}&sig=00`))).toMatchObject({
			reason: 'DUPLICATE_HEADER',
		});
	});

	it('says what is missing and what is unreadable', () => {
		const settings = { ...pairs('s', 'v1'), prefix: 'x' };
		const refused = (s: string) => judged(settings, delivery({ s }));
		expect(judged(settings, delivery({}))).toMatchObject({ reason: 'MISSING_SIGNATURE' });
		expect(refused('t=1700000000')).toMatchObject({ reason: 'MISSING_SIGNATURE' });
		expect(refused('t=1700000000,v1=abc')).toMatchObject({ reason: 'MALFORMED_SIGNATURE' });
		expect(refused('v1=xabc')).toMatchObject({ reason: 'MISSING_TIMESTAMP' });
		expect(refused('t=1,t=2,v1=xabc')).toMatchObject({ reason: 'MALFORMED_TIMESTAMP' });
		expect(judged({ signatureHeader: 's', prefix: 'v0=' }, delivery({ s: 'v1=00' }))).toMatchObject(
			{
				reason: 'MALFORMED_SIGNATURE',
			},
		);
	});

	it('takes the event id from a header or from the body', () => {
		const headers = { s: mac(String(BODY)).digest('hex'), 'x-event': 'h-1' };
		const idsOf = (settings: Readonly<Record<string, unknown>>) => {
			const scheme = genericHmac.open({ signatureHeader: 's', ...settings });
			return eventsOf(scheme, receive(delivery(headers)))[0];
		};
		expect(idsOf({ eventIdHeader: 'X-Event' })).toMatchObject({
			eventId: 'h-1',
			eventIdFrom: 'sender',
		});
		expect(idsOf({ eventIdPath: 'data.id' })).toMatchObject({
			eventId: 'e-7',
			eventIdFrom: 'sender',
		});
		expect(idsOf({ eventIdPath: 'data.constructor' })).toMatchObject({ eventIdFrom: 'content' });
		expect(idsOf({})).toMatchObject({ eventIdFrom: 'content' });
	});

	it('signs with the id of the body, and then proves it', () => {
		const settings = { signatureHeader: 's', eventIdPath: 'data.id', signedContent: '{id}.{body}' };
		const headers = { s: mac(`e-7.${BODY}`).digest('hex') };
		expect(judged(settings, delivery(headers))).toMatchObject({ ok: true, eventId: 'e-7' });
	});
});

describe('settings', () => {
	const wrong = (settings: Readonly<Record<string, unknown>>) => {
		try {
			genericHmac.open(settings);
			return 'opened';
		} catch (error) {
			return `${(error as { code?: string }).code}: ${(error as Error).message}`;
		}
	};

	it.each([
		[{}, 'signatureHeader'],
		[{ signatureHeader: ' , ' }, 'signatureHeader'],
		[{ signatureHeader: 'a b' }, 'signatureHeader'],
		[{ signatureHeader: 's', signatureQuery: 'q' }, 'signatureQuery'],
		[{ signatureHeader: 's', algorithm: 'md5' }, 'algorithm'],
		[{ signatureHeader: 's', encoding: 'binary' }, 'encoding'],
		[{ signatureHeader: 's', signedContent: '{timestamp}' }, 'signedContent'],
		[{ signatureHeader: 's', signedContent: '{boddy}.{body}' }, 'signedContent'],
		[{ signatureHeader: 's', signedContent: '{body:md5:hex}' }, 'signedContent'],
		[{ signatureHeader: 's', signedContent: '{timestamp}{body}' }, 'timestampHeader'],
		[{ signatureHeader: 's', signedContent: '{id}{body}' }, 'eventIdHeader'],
		[{ signatureHeader: 's', timestampHeader: 'a', timestampQuery: 'b' }, 'timestampHeader'],
		[{ signatureHeader: 's', timestampKey: 't' }, 'timestampKey'],
		[{ signatureHeader: 's', signatureForm: 'pairs', signatureKey: '' }, 'signatureKey'],
		[{ signatureHeader: 's', toleranceSeconds: -1 }, 'toleranceSeconds'],
		[{ signatureHeader: 's', toleranceSeconds: Number.NaN }, 'toleranceSeconds'],
	])('%j is refused and names %s', (settings, name) => {
		expect(wrong(settings)).toMatch(new RegExp(`^CONFIG_INVALID: Generic HMAC, '${name}': \\S`));
	});

	it('reads those of workflows that were saved before', () => {
		const saved = {
			signatureHeader: 'X-Slack-Signature',
			signedContent: 'v0:{timestamp}:{body}',
			algorithm: 'sha256',
			encoding: 'hex',
			prefix: 'v0=',
			timestampHeader: 'X-Slack-Request-Timestamp',
			timestampUnit: 's',
			eventIdHeader: '',
			secretEncoding: 'utf8',
		};
		const t = String(NOW / 1000);
		const headers = {
			'x-slack-signature': `v0=${mac(`v0:${t}:${BODY}`).digest('hex')}`,
			'x-slack-request-timestamp': t,
		};
		expect(judged(saved, delivery(headers)).ok).toBe(true);
		expect(judged(saved, delivery(headers), NOW + 301_000)).toMatchObject({ reason: 'TOO_OLD' });
		expect(genericHmac.open(saved).weakness).toBeUndefined();
	});

	it('says what is weak about them', () => {
		const weakness = (more: Readonly<Record<string, unknown>>) =>
			genericHmac.open({ signatureHeader: 's', ...more }).weakness;
		expect(weakness({})).toMatch(/no time/);
		expect(weakness({ timestampHeader: 't' })).toMatch(/not part of what is signed/);
		expect(weakness({ signedContent: '{url}{body}' })).toMatch(/between URL and body/);
	});

	it('never takes an empty secret, nor one in another encoding', () => {
		const headers = { s: createHmac('sha256', '').update(BODY).digest('hex') };
		for (const [secret, more] of [
			['', {}],
			['whsec_', { secretPrefix: 'whsec_' }],
			['not hex', { secretEncoding: 'hex' }],
		] as const) {
			const scheme = genericHmac.open({ signatureHeader: 's', ...more });
			const given = { ...material, secrets: [secret] };
			expect(verify(scheme, delivery(headers), given, { now: NOW })).toMatchObject({
				reason: 'MISMATCH',
			});
		}
	});
});
