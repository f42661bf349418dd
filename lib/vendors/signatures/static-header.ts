import { z } from 'zod';
import type { Scheme, SchemeFactory } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { headerName, readSettings } from './generic/settings';
import { TOKEN_IN_HEADER } from './token/weaknesses';

const ABOUT = {
	id: 'static-header',
	title: 'Static Header',
	needs: 'secret',
	where: 'A long random text of your own, which the sender repeats in a header',
	docs: 'https://www.rfc-editor.org/rfc/rfc9110#name-field-values',
	weakness: TOKEN_IN_HEADER,
} as const;

const Settings = z.object({
	header: headerName.min(1, 'name the header that holds the token'),
	/** Stands before the token, e.g. `Token `. */
	prefix: z.string().default(''),
});

/** A token in a header of the user's choice. */
export const staticHeader: SchemeFactory = {
	...ABOUT,
	open(input): Scheme {
		const { header, prefix } = readSettings(Settings, ABOUT.title, input);
		return {
			...ABOUT,
			toleranceMs: null,
			read: (received) => prefixed(received, header, prefix),
			proofs: [{ kind: 'token' }],
		};
	},
};
