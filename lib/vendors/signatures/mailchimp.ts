import { fact } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { inUrl } from './token/carriers';
import { TOKEN_IN_URL } from './token/weaknesses';

// https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
export const mailchimp: Scheme = {
	id: 'mailchimp',
	title: 'Mailchimp Marketing',
	needs: 'secret',
	where:
		'A long random text of your own, added to the URL in Mailchimp (Audience > Settings > Webhooks) as ?token=',
	docs: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
	weakness: TOKEN_IN_URL,
	toleranceMs: null,
	read: (received) => inUrl(received, 'token'),
	proofs: [{ kind: 'token' }],
	events(received) {
		const form = received.form();
		const [type, firedAt] = [form.get('type'), form.get('fired_at')];
		return [
			fact({
				composite: [type, firedAt, form.get('data[list_id]'), form.get('data[id]')],
				type,
				occurredAt: firedAt?.replace(' ', 'T'),
			}),
		];
	},
	challenge: {
		/** Mailchimp asks whether the URL answers before it saves it. */
		unsigned: ({ method }) =>
			['GET', 'HEAD'].includes(method.toUpperCase()) ? { status: 200 } : null,
	},
};
