import { createHmac } from 'node:crypto';
import type { Delivery } from '../../../lib/domain/signature/received';
import { verify } from '../../../lib/domain/signature/verify';
import { opened } from './opened';
import { SAMPLES, SIGNERS } from './signers';

const NOW = 1_700_000_000_000;
const SECRET = SAMPLES['standard-webhooks']?.secret ?? '';
const BODY = Buffer.from('{"amount":1.0,"name":"Zoë \\u00e9"}\r\n');

const signed = (secret = SECRET): Delivery => ({
	method: 'POST',
	url: 'https://hooks.example.com/lead',
	headers: SIGNERS['standard-webhooks']?.(BODY, secret, { now: NOW, url: '' }).headers ?? {},
	body: BODY,
});

const withHeader = (name: string, value: unknown): Delivery => ({
	...signed(),
	headers: { ...signed().headers, [name]: value },
});

const judge = (delivery: Delivery, secrets: readonly string[] = [SECRET], toleranceMs?: number) =>
	verify(
		opened('standard-webhooks'),
		delivery,
		{ secrets, publicKeys: [], expectedIds: [] },
		{ now: NOW + 1000, ...(toleranceMs !== undefined && { toleranceMs }) },
	);

it('accepts the delivery that the others are made of', () => {
	expect(judge(signed())).toMatchObject({ ok: true, eventId: 'msg_1', ageMs: 1000 });
});

it('refuses the same bytes in another spelling', () => {
	const header = String(signed().headers['webhook-signature']);
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
	// The two spare bits of the last letter: a lenient decoder does not look at them.
	const last = letters.indexOf(header.at(-2) ?? '');
	const other = `${header.slice(0, -2)}${letters[last | 1]}=`;
	const bytes = (text: string) => Buffer.from(text.slice(3), 'base64');
	expect(other).not.toBe(header);
	expect(bytes(other)).toEqual(bytes(header));
	for (const spelling of [other, `${header}!`, header.replace('=', '')])
		expect(judge(withHeader('webhook-signature', spelling)).ok).toBe(false);
	expect(judge(withHeader('webhook-signature', other))).toMatchObject({
		reason: 'MALFORMED_SIGNATURE',
	});
});

it.each(['1700000000abc', '1.7e9', ' 1700000000', '+1700000000', '0x6553f100', '-1', '١٧٠٠٠٠٠٠٠٠'])(
	'refuses %s, which is nearly a time',
	(timestamp) => {
		expect(judge(withHeader('webhook-timestamp', timestamp))).toMatchObject({
			reason: 'MALFORMED_TIMESTAMP',
		});
	},
);

it('refuses a time that no calendar has, instead of failing over it', () => {
	const verdict = judge(withHeader('webhook-timestamp', '9999999999999999'));
	expect(verdict).toMatchObject({ ok: false, reason: 'MALFORMED_TIMESTAMP' });
});

it('believes no longer than the user says', () => {
	expect(judge(signed(), [SECRET], 1000).ok).toBe(true);
	expect(judge(signed(), [SECRET], 999)).toMatchObject({ reason: 'TOO_OLD' });
});

it('never verifies with what everyone may know', () => {
	const published = `whpk_${Buffer.alloc(32, 3).toString('base64')}`;
	expect(judge(signed(published), [published])).toMatchObject({ ok: false });
	const pem = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----';
	const body = Buffer.from('{}');
	const hash = createHmac('sha256', pem).update(body).digest('hex');
	const headers = { 'x-hub-signature-256': `sha256=${hash}` };
	const delivery = { method: 'POST', url: '', headers, body };
	const material = { secrets: [pem], publicKeys: [pem], expectedIds: [] };
	expect(verify(opened('github'), delivery, material, { now: NOW }).ok).toBe(false);
});

it('tries no more signatures than any sender gives', () => {
	const header = String(signed().headers['webhook-signature']);
	const many = (count: number) => `${'v1,AAAA '.repeat(count)}${header}`;
	expect(judge(withHeader('webhook-signature', many(99))).ok).toBe(true);
	expect(judge(withHeader('webhook-signature', many(100)))).toMatchObject({
		reason: 'MALFORMED_SIGNATURE',
	});
});

it('reads a header that came once as a list, and refuses what is no text', () => {
	const header = signed().headers['webhook-signature'];
	expect(judge(withHeader('webhook-signature', [header])).ok).toBe(true);
	for (const value of [
		[header, header],
		['v1,a', header],
	])
		expect(judge(withHeader('webhook-signature', value))).toMatchObject({
			reason: 'DUPLICATE_HEADER',
		});
	for (const value of [7, null, {}, '', []])
		expect(judge(withHeader('webhook-signature', value))).toMatchObject({
			reason: 'MISSING_SIGNATURE',
		});
});
