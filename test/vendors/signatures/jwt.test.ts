import { createHmac, generateKeyPairSync } from 'node:crypto';
import { sign, type SignOptions } from 'jsonwebtoken';
import type { Delivery } from '../../../lib/domain/signature/received';
import type { Material } from '../../../lib/domain/signature/scheme';
import { verify } from '../../../lib/domain/signature/verify';
import { jwt } from '../../../lib/vendors/signatures/jwt';

const NOW = 1_700_000_000_000;
const at = NOW / 1000;
const CLAIMS = { iss: 'crm', aud: 'n8n', exp: at + 300 };
const SECRET = 'jwt-secret';

const pairOf = () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return {
		pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		jwk: publicKey.export({ format: 'jwk' }),
	};
};
const [first, second] = [pairOf(), pairOf()];
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const token = (claims: object, key = SECRET, options: SignOptions = { algorithm: 'HS256' }) =>
	sign(claims, key, { noTimestamp: true, ...options });
const raw = (head: object, claims: object, key = SECRET) => {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const content = `${part(head)}.${part(claims)}`;
	return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
};

const judged = (
	text: string,
	settings: Readonly<Record<string, unknown>> = { algorithm: 'HS256', issuer: 'crm' },
	material: Partial<Material> = {},
) => {
	const delivery: Delivery = {
		method: 'POST',
		url: 'https://h.io/x',
		headers: { authorization: text.includes(' ') ? text : `Bearer ${text}` },
		body: Buffer.from('{}'),
	};
	const all = { secrets: [SECRET], publicKeys: [], expectedIds: ['n8n'], ...material };
	return verify(jwt.open(settings), delivery, all, { now: NOW });
};
const RS256 = { algorithm: 'RS256', issuer: 'crm' };
const signedBy = (key: string, keyid?: string) =>
	token(CLAIMS, key, { algorithm: 'RS256', ...(keyid && { keyid }) });

describe('a shared secret', () => {
	it('verifies, and says which one, so that a rotation can be finished', () => {
		expect(judged(token(CLAIMS))).toMatchObject({ ok: true, secretIndex: 0 });
		const rotated = { secrets: ['new', '', SECRET] };
		expect(judged(token(CLAIMS), undefined, rotated)).toMatchObject({ ok: true, secretIndex: 2 });
		expect(judged(`bearer ${token(CLAIMS)}`).ok).toBe(true);
		expect(judged(token({ ...CLAIMS, aud: ['x', 'n8n'] })).ok).toBe(true);
	});

	it.each([
		['expired', token({ ...CLAIMS, exp: at - 31 }), 'TOO_OLD'],
		['not yet good', token({ ...CLAIMS, nbf: at + 31 }), 'TOO_NEW'],
		['good for ever', token({ iss: 'crm', aud: 'n8n' }), 'NO_EXPIRY'],
		['for another', token({ ...CLAIMS, aud: 'other' }), 'WRONG_RECIPIENT'],
		['for nobody', token({ iss: 'crm', exp: at + 9 }), 'WRONG_RECIPIENT'],
		['from another', token({ ...CLAIMS, iss: 'evil' }), 'WRONG_ISSUER'],
		['from nobody', token({ aud: 'n8n', exp: at + 9 }), 'WRONG_ISSUER'],
		['with another secret', token(CLAIMS, 'other'), 'MISMATCH'],
		[
			'with another algorithm',
			token(CLAIMS, SECRET, { algorithm: 'HS512' }),
			'ALGORITHM_NOT_ALLOWED',
		],
		['with none', raw({ alg: 'none' }, CLAIMS).replace(/[^.]+$/, ''), 'ALGORITHM_NOT_ALLOWED'],
		['with an extension', raw({ alg: 'HS256', crit: ['x'], x: 1 }, CLAIMS), 'MALFORMED_SIGNATURE'],
		['with a date that is no number', raw({ alg: 'HS256' }, { ...CLAIMS, exp: '9' }), 'MISMATCH'],
		['that is none', 'Bearer abc', 'MALFORMED_SIGNATURE'],
		['under another name', `Basic ${token(CLAIMS)}`, 'MALFORMED_SIGNATURE'],
	])('a token %s is refused', (_, text, reason) => {
		expect(judged(text)).toMatchObject({ ok: false, reason });
	});

	it('30 s apart are still together', () => {
		expect(judged(token({ ...CLAIMS, exp: at - 29 })).ok).toBe(true);
		expect(judged(token({ ...CLAIMS, nbf: at + 30 })).ok).toBe(true);
	});
});

describe('public keys', () => {
	it('says which one, however many keys stand in each', () => {
		const set = JSON.stringify({
			keys: [
				{ ...first.jwk, kid: 'a' },
				{ ...second.jwk, kid: 'b' },
			],
		});
		const publicKeys = [first.pem, set, second.pem];
		expect(judged(signedBy(first.key), RS256, { publicKeys })).toMatchObject({
			ok: true,
			secretIndex: 0,
		});
		expect(judged(signedBy(second.key, 'b'), RS256, { publicKeys })).toMatchObject({
			secretIndex: 1,
		});
		expect(
			judged(signedBy(second.key), RS256, { publicKeys: [first.pem, second.pem] }),
		).toMatchObject({
			secretIndex: 1,
		});
	});

	it('by the key id that the token names', () => {
		const fetched = new Map([['u', JSON.stringify({ keys: [{ ...first.jwk, kid: 'a' }] })]]);
		expect(judged(signedBy(first.key, 'a'), RS256, { fetched }).ok).toBe(true);
		expect(judged(signedBy(first.key, 'z'), RS256, { fetched })).toMatchObject({
			reason: 'UNKNOWN_KEY',
		});
		expect(judged(signedBy(second.key, 'a'), RS256, { fetched })).toMatchObject({
			reason: 'MISMATCH',
		});
	});

	it('are never taken for a shared secret, nor a shared secret for one of them', () => {
		const forged = raw({ alg: 'HS256' }, CLAIMS, first.pem);
		expect(judged(forged, RS256, { publicKeys: [first.pem] })).toMatchObject({
			reason: 'ALGORITHM_NOT_ALLOWED',
		});
		const hs = { algorithm: 'HS256' };
		expect(judged(forged, hs, { secrets: [first.pem], publicKeys: [first.pem] })).toMatchObject({
			reason: 'MISMATCH',
		});
		const oct = JSON.stringify({
			keys: [{ kty: 'oct', k: Buffer.from(SECRET).toString('base64url') }],
		});
		expect(judged(signedBy(first.key), RS256, { publicKeys: [oct] })).toMatchObject({
			reason: 'UNKNOWN_KEY',
		});
	});

	it('on curves too', () => {
		const key = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const publicKeys = [ec.publicKey.export({ type: 'spki', format: 'pem' }).toString()];
		const text = token(CLAIMS, key, { algorithm: 'ES256' });
		expect(judged(text, { algorithm: 'ES256' }, { publicKeys }).ok).toBe(true);
		expect(judged(text, RS256, { publicKeys })).toMatchObject({ reason: 'ALGORITHM_NOT_ALLOWED' });
	});

	it('in one spelling of the signature only', () => {
		const text = signedBy(first.key);
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		const other = `${text.slice(0, -1)}${letters[letters.indexOf(text.at(-1) ?? '') | 1]}`;
		expect(other).not.toBe(text);
		expect(judged(other, RS256, { publicKeys: [first.pem] })).toMatchObject({
			reason: 'MALFORMED_SIGNATURE',
		});
	});
});

describe('settings', () => {
	it.each([
		[{}, 'algorithm'],
		[{ algorithm: 'none' }, 'algorithm'],
		[{ algorithm: [] }, 'algorithm'],
		[{ algorithm: 'HS256, RS256' }, 'algorithm'],
		[{ algorithm: 'HS256', jwksUrl: 'https://id.example.com/keys' }, 'jwksUrl'],
		[{ algorithm: 'RS256', jwksUrl: 'http://id.example.com/keys' }, 'jwksUrl'],
		[{ algorithm: 'HS256', header: 'a b' }, 'header'],
	])('%j names %s', (settings, name) => {
		expect(() => jwt.open(settings)).toThrow(new RegExp(`^JSON Web Token, '${name}`));
	});

	it('fetches keys from where the user says, and nowhere else', () => {
		const received = { headers: {} } as never;
		const urls = (settings: object) =>
			jwt.open({ algorithm: 'RS256', ...settings }).keyUrls?.(received);
		expect(urls({})).toEqual({ ok: true, urls: [] });
		expect(urls({ jwksUrl: 'https://id.example.com/keys' })).toEqual({
			ok: true,
			urls: ['https://id.example.com/keys'],
		});
	});

	it('an audience of its own is as good as an expected id', () => {
		const text = token({ ...CLAIMS, aud: 'mine' });
		const settings = { algorithm: 'HS256', audience: 'mine' };
		expect(judged(text, settings, { expectedIds: [] }).ok).toBe(true);
		expect(judged(token(CLAIMS), settings, { expectedIds: [] })).toMatchObject({
			reason: 'WRONG_RECIPIENT',
		});
	});
});
