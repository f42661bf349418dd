import { z } from 'zod';
import { fact, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({
	event_id: text,
	event_type: text,
	form_response: z.looseObject({ submitted_at: text }).optional().catch(undefined),
});

// https://www.typeform.com/developers/webhooks/secure-your-webhooks/
export const typeform: Scheme = {
	id: 'typeform',
	title: 'Typeform',
	needs: 'secret',
	where: 'Typeform: the form > Connect > Webhooks > Edit > Secret',
	docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'typeform-signature', 'sha256='),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'base64', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { event_id: id, event_type: type, form_response: response } = event.data;
		return [fact({ id, type, occurredAt: response?.submitted_at })];
	},
};
