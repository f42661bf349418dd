import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({ eventId: id, eventType: text, createdAt: text });

// https://tally.so/help/webhooks
export const tally: Scheme = {
	id: 'tally',
	title: 'Tally',
	needs: 'secret',
	where: 'Tally: the form > Integrations > Webhooks > the webhook > Signing secret',
	docs: 'https://tally.so/help/webhooks',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'tally-signature', ''),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'base64', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { eventId, eventType: type, createdAt: occurredAt } = event.data;
		return [fact({ id: eventId, type, occurredAt })];
	},
};
