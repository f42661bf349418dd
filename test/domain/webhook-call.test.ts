import fc from 'fast-check';
import { incomingCorrelationId } from '../../lib/domain/correlation-id';
import { maskAddress } from '../../lib/domain/mask';
import { publicUrl } from '../../lib/domain/public-url';
import { withoutCredentials, withoutSecrets } from '../../lib/domain/signature/redact';

describe('the public URL', () => {
	const own = 'https://n8n.example.com/webhook/abc';
	it.each([
		['', '/webhook/abc', 'https://n8n.example.com/webhook/abc'],
		['', '/webhook/abc?b=%7e&a=+1', 'https://n8n.example.com/webhook/abc?b=%7e&a=+1'],
		['https://hooks.example.com', '/x?a=?b', 'https://hooks.example.com/webhook/abc?a=?b'],
		['https://hooks.example.com/', '/x', 'https://hooks.example.com/webhook/abc'],
		['https://hooks.example.com:8443/in', '/x?a', 'https://hooks.example.com:8443/in?a'],
	])('corrected by "%s", called as %s, is %s', (corrected, target, url) => {
		expect(publicUrl({ own, corrected, target })).toBe(url);
	});

	it.each([
		'hooks.example.com',
		'ftp://a.example',
		'https://a.example/?b',
		'https:// a',
		'https://',
	])('refuses "%s"', (corrected) => {
		expect(() => publicUrl({ own, corrected, target: '/' })).toThrow("'Public URL'");
	});
});

describe('a correlation id of the caller', () => {
	it('is kept if it can stand in a header and a log line', () => {
		expect(incomingCorrelationId({ 'x-correlation-id': 'a-1', 'x-request-id': 'b' })).toBe('a-1');
		expect(incomingCorrelationId({ 'x-request-id': 'b' })).toBe('b');
		expect(incomingCorrelationId({ 'x-correlation-id': 'a b', 'x-request-id': 'b' })).toBe('b');
		for (const bad of ['', ' a', 'a\nb', '<a>', 'a'.repeat(129), ['a'], undefined])
			expect(incomingCorrelationId({ 'x-correlation-id': bad })).toBeUndefined();
	});

	it('never has a character that ends a line or a header', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const id = incomingCorrelationId({ 'x-correlation-id': text });
				if (id !== undefined) expect(id).toMatch(/^[!-~]{1,128}$/);
			}),
		);
	});
});

describe('what is stored', () => {
	it('has no credentials in its headers', () => {
		const headers = { authorization: 'Bearer x', cookie: 'a', 'x-hub-signature-256': 'sha256=1' };
		expect(withoutCredentials(headers)).toEqual({
			authorization: '***',
			cookie: '***',
			'x-hub-signature-256': 'sha256=1',
		});
	});

	it('has no secret in it, however deep', () => {
		const secret = 'long enough a secret';
		const sent = { a: [`x ${secret} y`, secret, 1, null], b: { c: true } };
		expect(withoutSecrets(sent, [secret])).toEqual({
			a: ['x *** y', '***', 1, null],
			b: { c: true },
		});
	});

	it('nor as a proxy repeats it from the URL, nor the end of a longer one', () => {
		const secret = 'ab/cd+ef==';
		const header = `/webhook/x?token=${encodeURIComponent(secret)}&a=1`;
		expect(withoutSecrets({ header }, [secret])).toEqual({ header: '/webhook/x?token=***&a=1' });
		expect(withoutSecrets('token-one-two', ['token-one', 'token-one-two'])).toBe('***');
		expect(withoutSecrets('a token-one-two', ['token-one', 'token-one-two'])).toBe('a ***');
	});

	it('keeps words that a short secret is part of by chance', () => {
		expect(withoutSecrets(['abc', 'b', ''], ['b', ''])).toEqual(['abc', '***', '']);
	});

	it('is the same where no secret is in it', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(JSON.stringify(withoutSecrets(value, ['\u{10ffff}\u{10fffe} none']))).toBe(
					JSON.stringify(value),
				);
			}),
		);
	});
});

it.each([
	['203.0.113.7', '203.0.113.***'],
	['2001:db8:1:2::3', '2001:db8:1:***'],
	['::ffff:203.0.113.7', '::ffff:203.0.113.***'],
	['', 'an unknown address'],
])('a log line shows %s as %s', (address, shown) => {
	expect(maskAddress(address)).toBe(shown);
});
