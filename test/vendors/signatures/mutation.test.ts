import { REFUSALS } from '../../../lib/domain/signature/refusals';
import type { Delivery } from '../../../lib/domain/signature/received';
import { verify } from '../../../lib/domain/signature/verify';
import { caseOf, EVERY_SCHEME, NOW, without, type Case } from './every-scheme';
import { isWeak, provenAlike } from './proven';

/** Headers that their sender does not sign; each is said in the scheme's `weakness`. */
const UNSIGNED: Readonly<Record<string, readonly string[]>> = {
	twilio: ['content-type'],
	mandrill: ['content-type'],
	'hubspot-v1': ['x-hubspot-signature-version'],
	'hubspot-v2': ['x-hubspot-signature-version'],
	'google-channel': ['x-goog-resource-state', 'x-goog-message-number'],
};

/** Hex in capitals, and a space that does not break, are spellings of the same signature. */
const spelled = (text: string) => text.toLowerCase().replaceAll('\u00a0', ' ');

const verdictOn = ({ scheme, material }: Case, delivery: Delivery, now = NOW) => {
	const verdict = verify(scheme, delivery, material, { now });
	if (!verdict.ok) expect(Object.keys(REFUSALS)).toContain(verdict.reason);
	return verdict;
};

function* flips(bytes: Buffer): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at += 1)
		for (let bit = 0; bit < 8; bit += 1) {
			const altered = Buffer.from(bytes);
			altered[at] = (altered[at] ?? 0) ^ (1 << bit);
			yield altered;
		}
}

/** As the characters that HTTP makes of bytes. */
const flippedTexts = (text: string) =>
	[...flips(Buffer.from(text, 'latin1'))].map((bytes) => bytes.toString('latin1'));

describe.each(EVERY_SCHEME.map((scheme) => [scheme.id, caseOf(scheme)] as const))(
	'%s',
	(id, given) => {
		const { scheme, delivery } = given;
		const unsigned = UNSIGNED[id] ?? [];

		it('verifies as its sender made it', () => {
			expect(verdictOn(given, delivery)).toMatchObject({ ok: true, secretIndex: 0 });
		});

		it('says its weakness where it has one', () => {
			if (isWeak(id)) expect(scheme.weakness).toEqual(expect.any(String));
		});

		it('refuses every body with one bit changed, but for what is not signed', () => {
			const let_in = [...flips(delivery.body)].filter(
				(body) => verdictOn(given, { ...delivery, body }).ok,
			);
			const wrong = let_in.filter((body) => !provenAlike(id, delivery, { ...delivery, body }));
			expect(wrong.map(String)).toEqual([]);
			if (!isWeak(id)) expect(let_in).toEqual([]);
		});

		it('refuses every header with one bit changed, or under another name', () => {
			for (const [name, value] of Object.entries(delivery.headers)) {
				const text = String(value);
				const others = without(delivery.headers, name);
				const renamed = { ...delivery, headers: { ...others, [`${name}x`]: value } };
				if (unsigned.includes(name)) continue;
				expect([name, verdictOn(given, renamed).ok]).toEqual([name, false]);
				const wrong = flippedTexts(text).filter(
					(flipped) =>
						spelled(flipped) !== spelled(text) &&
						verdictOn(given, { ...delivery, headers: { ...others, [name]: flipped } }).ok,
				);
				expect([name, wrong]).toEqual([name, []]);
			}
		});

		it('refuses a header that came twice', () => {
			for (const [name, value] of Object.entries(delivery.headers)) {
				if (unsigned.includes(name)) continue;
				const twice = { ...delivery, headers: { ...delivery.headers, [name]: [value, value] } };
				expect([name, verdictOn(given, twice).ok]).toEqual([name, false]);
			}
		});

		it('refuses another URL where the URL is signed or holds the token', () => {
			const altered = flippedTexts(delivery.url).map((url) => ({ ...delivery, url }));
			const let_in = altered.filter((one) => verdictOn(given, one).ok);
			const signed = scheme.signsUrl && id !== 'hubspot-v1';
			const wrong = let_in.filter((one) => !provenAlike(id, delivery, one));
			if (signed || isWeak(id)) expect(wrong.map(({ url }) => url)).toEqual([]);
			if (!signed && !isWeak(id)) expect(let_in).toHaveLength(altered.length);
		});

		it('bounds the clock on both sides', () => {
			const { toleranceMs } = scheme;
			if (toleranceMs === null) return;
			for (const age of [toleranceMs, -toleranceMs])
				expect(verdictOn(given, delivery, NOW + age).ok).toBe(true);
			expect(verdictOn(given, delivery, NOW + toleranceMs + 1)).toMatchObject({
				reason: 'TOO_OLD',
			});
			expect(verdictOn(given, delivery, NOW - toleranceMs - 1)).toMatchObject({
				reason: 'TOO_NEW',
			});
		});

		it('never verifies with nothing in the credential, nor with empty texts', () => {
			const { fetched } = given.material;
			for (const text of [[], ['']]) {
				const material = {
					secrets: text,
					publicKeys: text,
					expectedIds: text,
					...(fetched && { fetched }),
				};
				expect(verify(scheme, delivery, material, { now: NOW }).ok).toBe(false);
			}
		});
	},
);
