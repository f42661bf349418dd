import { fact } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { inUrl } from './token/carriers';
import { TOKEN_IN_URL } from './token/weaknesses';

// https://developers.activecampaign.com/page/webhooks
export const activecampaign: Scheme = {
	id: 'activecampaign',
	title: 'ActiveCampaign',
	needs: 'secret',
	where:
		'A long random text of your own, added to the URL in ActiveCampaign (Settings > Developer > Manage Webhooks) as ?token=',
	docs: 'https://developers.activecampaign.com/page/webhooks',
	weakness: TOKEN_IN_URL,
	toleranceMs: null,
	read: (received) => inUrl(received, 'token'),
	proofs: [{ kind: 'token' }],
	events(received) {
		const form = received.form();
		const [type, at, contact] = [form.get('type'), form.get('date_time'), form.get('contact[id]')];
		return [fact({ composite: [type, at, contact], type, occurredAt: at })];
	},
};
