import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({
	triggerEvent: text,
	createdAt: text,
	payload: z.looseObject({ uid: id }).optional().catch(undefined),
});

// https://cal.com/docs/developing/guides/automation/webhooks
export const calcom: Scheme = {
	id: 'calcom',
	title: 'Cal.com',
	needs: 'secret',
	where:
		'Cal.com: Settings > Developer > Webhooks > the webhook > Secret; without one Cal.com signs nothing',
	docs: 'https://cal.com/docs/developing/guides/automation/webhooks',
	weakness: NO_CLOCK,
	toleranceMs: null,
	// Without a secret the header says `no-secret-provided`, which is no hex and so never verifies.
	read: (received) => prefixed(received, 'x-cal-signature-256', ''),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { triggerEvent: type, createdAt, payload } = event.data;
		return [fact({ composite: [payload?.uid, type, createdAt], type, occurredAt: createdAt })];
	},
	challenge: {
		signed(received) {
			const event = Event.safeParse(received.json());
			return event.data?.triggerEvent === 'PING' ? { status: 200 } : null;
		},
	},
};
