import type { Scheme } from '../../domain/signature/scheme';
import { inHeader } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

// https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/administration/additional-integrations/create-a-webhook
export const marketo: Scheme = {
	id: 'marketo',
	title: 'Marketo (Webhook)',
	needs: 'secret',
	where:
		'A long random text of your own, in Marketo: Admin > Webhooks > the webhook > Webhooks Actions > Set Custom Header > X-Marketo-Token',
	docs: 'https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/administration/additional-integrations/create-a-webhook',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inHeader(received, 'x-marketo-token'),
	proofs: [{ kind: 'token' }],
};
