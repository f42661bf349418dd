import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { signedPairs } from '../../domain/signature/text';

const Event = z.looseObject({ id, event: text, created_at: text });

// https://workos.com/docs/events/data-syncing/webhooks
export const workos: Scheme = {
	id: 'workos',
	title: 'WorkOS',
	needs: 'secret',
	where: 'WorkOS: Dashboard > Developer > Webhooks > the endpoint > Signing secret',
	docs: 'https://workos.com/docs/events/data-syncing/webhooks',
	toleranceMs: 3 * 60_000,
	read: (received) =>
		signedPairs(received, 'workos-signature', { time: 't', form: 'ms', signature: 'v1' }),
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
		const { id: own, event: type, created_at: occurredAt } = parsed.data;
		return [fact({ id: own, type, occurredAt })];
	},
};
