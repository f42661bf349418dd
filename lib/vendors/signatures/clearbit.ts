import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({ id, type: text });

// https://github.com/clearbit/clearbit-ruby/blob/master/lib/clearbit/webhook.rb
export const clearbit: Scheme = {
	id: 'clearbit',
	title: 'Clearbit',
	needs: 'secret',
	where: 'Clearbit: Dashboard > API > Secret API key (sk_…)',
	docs: 'https://github.com/clearbit/clearbit-ruby#webhooks',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'x-request-signature', 'sha1='),
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha1',
			encoding: 'hex',
			contents: ({ body }) => [[body]],
			key: (secret) => Buffer.from(secret.replace(/^(?:sk|pk)_/, '')),
		},
	],
	events(received) {
		const event = Event.safeParse(received.json());
		return event.success ? [fact(event.data)] : [];
	},
};
