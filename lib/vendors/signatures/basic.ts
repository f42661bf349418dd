import type { Scheme } from '../../domain/signature/scheme';
import { BASIC, inAuthorization } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

export const basic: Scheme = {
	id: 'basic',
	title: 'Basic Auth',
	needs: 'secret',
	where: 'User and password as you gave them to the sender, written user:password',
	docs: 'https://www.rfc-editor.org/rfc/rfc7617',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inAuthorization(received, ['basic']),
	proofs: [BASIC],
};
