import { z } from 'zod';
import { refuse } from '../../domain/signature/refusals';
import type { JwtAlgorithm, Scheme, SchemeFactory } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';
import { headerName, invalidSetting, readSettings } from './generic/settings';

const ABOUT = {
	id: 'jwt',
	title: 'JSON Web Token',
	needs: 'secret-or-public-key',
	where:
		'HS256 and the like: the shared secret. All others: the public key of the sender (PEM, or a JSON Web Key Set); as expected id, your audience',
	docs: 'https://www.rfc-editor.org/rfc/rfc8725',
	weakness:
		'The token says who sends and for how long, not what: the body is not signed, and until the token expires whoever has seen it can send another one.',
} as const;

const ALGORITHMS = [
	'HS256',
	'HS384',
	'HS512',
	'RS256',
	'RS384',
	'RS512',
	'PS256',
	'ES256',
	'ES384',
] as const satisfies readonly JwtAlgorithm[];

const Settings = z.object({
	/** One, or several of one family; the token has no say in it. */
	algorithm: z.preprocess(
		(given) => (typeof given === 'string' ? given.split(',').map((one) => one.trim()) : given),
		z
			.array(z.enum(ALGORITHMS, { error: `this has to be one of ${ALGORITHMS.join(', ')}` }))
			.min(1, 'choose at least one'),
	),
	header: headerName.default('authorization'),
	/** Stands before the token. */
	prefix: z.string().default('Bearer '),
	issuer: z.string().trim().default(''),
	/** Besides the expected ids of the credential. */
	audience: z.string().trim().default(''),
	/** Where the sender publishes its keys. */
	jwksUrl: z
		.union([z.literal(''), z.url({ protocol: /^https$/, error: 'this has to be an https URL' })])
		.default(''),
});

/** A token that the sender signs anew for every delivery, or for a while. */
export const jwt: SchemeFactory = {
	...ABOUT,
	open(input): Scheme {
		const { algorithm, header, prefix, issuer, audience, jwksUrl } = readSettings(
			Settings,
			ABOUT.title,
			input,
		);
		const shared = algorithm.filter((one) => one.startsWith('HS')).length;
		if (shared > 0 && shared < algorithm.length)
			throw invalidSetting(
				ABOUT.title,
				'algorithm',
				'HS… takes a secret and the others a public key: allow either, so that no key is taken for the other kind',
			);
		if (shared > 0 && jwksUrl)
			throw invalidSetting(ABOUT.title, 'jwksUrl', 'HS… takes a secret, which nobody publishes');
		return {
			...ABOUT,
			toleranceMs: null,
			read(received) {
				const found = required(received, header || 'authorization');
				if (!found.ok) return found;
				const { value } = found;
				// The name of an authentication scheme may be written in any case, RFC 9110 11.1.
				if (value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase())
					return refuse('MALFORMED_SIGNATURE');
				return { ok: true, signatures: [{ text: value.slice(prefix.length) }] };
			},
			proofs: [
				{
					kind: 'jwt',
					algorithms: algorithm,
					...(issuer && { issuer }),
					...(audience && { audiences: [audience] }),
				},
			],
			keyUrls: () => ({ ok: true, urls: jwksUrl ? [jwksUrl] : [] }),
		};
	},
};
