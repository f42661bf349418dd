import { z } from 'zod';
import { fact, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { signedPairs } from '../../domain/signature/text';

const Event = z.looseObject({
	event: text,
	created_at: text,
	payload: z.looseObject({ uri: text }).optional().catch(undefined),
});

// https://developer.calendly.com/docs/webhooks/overview
export const calendly: Scheme = {
	id: 'calendly',
	title: 'Calendly',
	needs: 'secret',
	where:
		'Calendly: the signing_key that you gave when you created the webhook subscription; where an OAuth app created it, the one that Calendly made for the app',
	docs: 'https://developer.calendly.com/docs/webhooks/overview',
	toleranceMs: 3 * 60_000,
	read: (received) =>
		signedPairs(received, 'calendly-webhook-signature', { time: 't', form: 's', signature: 'v1' }),
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`${timestampText}.`, body]],
		},
	],
	events(received) {
		const parsed = Event.safeParse(received.json());
		if (!parsed.success) return [];
		const { event, created_at: createdAt, payload } = parsed.data;
		return [
			fact({ composite: [payload?.uri, event, createdAt], type: event, occurredAt: createdAt }),
		];
	},
};
