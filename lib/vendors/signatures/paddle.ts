import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { signedPairs } from '../../domain/signature/text';

const Event = z.looseObject({ event_id: id, event_type: text, occurred_at: text });

// https://developer.paddle.com/webhooks/signature-verification
export const paddle: Scheme = {
	id: 'paddle',
	title: 'Paddle Billing',
	needs: 'secret',
	where:
		'Paddle: Developer tools > Notifications > the destination > Edit > Secret key, whole, with its pdl_ntfset_',
	docs: 'https://developer.paddle.com/webhooks/signature-verification',
	toleranceMs: 5000,
	read: (received) =>
		signedPairs(received, 'paddle-signature', {
			time: 'ts',
			form: 's',
			signature: 'h1',
			separator: ';',
		}),
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`${timestampText}:`, body]],
		},
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { event_id: own, event_type: type, occurred_at: occurredAt } = event.data;
		return [fact({ id: own, type, occurredAt })];
	},
};
