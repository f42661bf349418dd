import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { signedPairs } from '../../domain/signature/text';

const Event = z.looseObject({ id, type: text, created: number });

// https://docs.stripe.com/webhooks/signature
export const stripe: Scheme = {
	id: 'stripe',
	title: 'Stripe',
	needs: 'secret',
	where: 'Stripe: Workbench > Webhooks > the endpoint > Signing secret, whole, with its whsec_',
	docs: 'https://docs.stripe.com/webhooks/signature',
	toleranceMs: 5 * 60_000,
	// Other names than v1 are left aside: Stripe's test mode adds a v0 that proves nothing.
	read: (received) =>
		signedPairs(received, 'stripe-signature', { time: 't', form: 's', signature: 'v1' }),
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`${timestampText}.`, body]],
		},
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { id: own, type, created: seconds } = event.data;
		const occurredAt = seconds === undefined ? undefined : seconds * 1000;
		return [fact({ id: own, type, occurredAt })];
	},
};
