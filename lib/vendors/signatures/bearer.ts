import type { Scheme } from '../../domain/signature/scheme';
import { BEARER, inAuthorization } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

export const bearer: Scheme = {
	id: 'bearer',
	title: 'Bearer Token',
	needs: 'secret',
	where: 'The token as you gave it to the sender, without the word Bearer',
	docs: 'https://www.rfc-editor.org/rfc/rfc6750',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inAuthorization(received, ['bearer']),
	proofs: [BEARER],
};
