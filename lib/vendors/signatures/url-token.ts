import { z } from 'zod';
import type { Scheme, SchemeFactory } from '../../domain/signature/scheme';
import { readSettings } from './generic/settings';
import { inUrl } from './token/carriers';
import { TOKEN_IN_URL } from './token/weaknesses';

const ABOUT = {
	id: 'url-token',
	title: 'URL Token',
	needs: 'secret',
	where: 'A long random text of your own, which you add to the URL that you give to the sender',
	docs: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.3',
	weakness: TOKEN_IN_URL,
} as const;

const Settings = z.object({
	parameter: z
		.string()
		.trim()
		.min(1, 'name the query parameter that holds the token')
		.default('token'),
});

/** A token in the URL, for senders that can do nothing else. */
export const urlToken: SchemeFactory = {
	...ABOUT,
	open(input): Scheme {
		const { parameter } = readSettings(Settings, ABOUT.title, input);
		return {
			...ABOUT,
			toleranceMs: null,
			read: (received) => inUrl(received, parameter),
			proofs: [{ kind: 'token' }],
		};
	},
};
