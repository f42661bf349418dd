import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({ sg_event_id: id, event: text, timestamp: number });

// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
export const sendgrid: Scheme = {
	id: 'sendgrid',
	title: 'SendGrid (Event Webhook)',
	needs: 'public-key',
	where: 'SendGrid: Settings > Mail Settings > Event Webhooks > the webhook > Verification Key',
	docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
	weakness:
		'How old a delivery may be is not looked at, because SendGrid tries for a day and may repeat the first time. Set a tolerance to change that; Dedupe drops repeats by their event ids.',
	toleranceMs: null,
	mayHaveClock: true,
	read(received) {
		const found = prefixed(received, 'x-twilio-email-event-webhook-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-twilio-email-event-webhook-timestamp', 's');
		if (!at.ok) return at;
		// Nothing stands between time and body in what is signed: a digit must not move into the body.
		return at.timestampText.length === 10 ? { ...found, ...at } : refuse('MALFORMED_TIMESTAMP');
	},
	proofs: [
		{
			kind: 'public-key',
			algorithm: 'ecdsa-sha256',
			encoding: 'base64',
			contents: ({ body }, { timestampText }) => [[timestampText ?? '', body]],
		},
	],
	events(received) {
		const list = received.json();
		return (Array.isArray(list) ? list : []).map((data: unknown) => {
			const { sg_event_id: own, event, timestamp: seconds } = Event.safeParse(data).data ?? {};
			const occurredAt = seconds === undefined ? undefined : seconds * 1000;
			return fact({ id: own, type: event, occurredAt, data });
		});
	},
};
