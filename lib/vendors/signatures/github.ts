import { z } from 'zod';
import { fact, text, told } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK_NO_ID } from './weaknesses';

const Body = z.looseObject({ action: text });

// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
export const github: Scheme = {
	id: 'github',
	title: 'GitHub',
	needs: 'secret',
	where: 'GitHub: the repository or organization > Settings > Webhooks > the webhook > Secret',
	docs: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
	weakness: NO_CLOCK_NO_ID,
	toleranceMs: null,
	// The older SHA-1 header comes too; it must not be enough.
	read: (received) => prefixed(received, 'x-hub-signature-256', 'sha256='),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const event = told(received, 'x-github-event');
		const action = Body.safeParse(received.json()).data?.action;
		const type = event && action ? `${event}.${action}` : event;
		return [fact({ id: told(received, 'x-github-delivery'), type })];
	},
	challenge: {
		signed: (received) => (told(received, 'x-github-event') === 'ping' ? { status: 200 } : null),
	},
};
