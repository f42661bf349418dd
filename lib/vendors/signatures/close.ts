import { z } from 'zod';
import { decode } from '../../domain/signature/decode';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Body = z.looseObject({
	event: z.looseObject({ id, object_type: text, action: text, date_created: text }),
});

// https://developer.close.com/resources/webhook-subscriptions/
export const close: Scheme = {
	id: 'close',
	title: 'Close',
	needs: 'secret',
	where: 'Close: the signature_key in the answer that created the webhook subscription',
	docs: 'https://developer.close.com/resources/webhook-subscriptions/',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'close-sig-hash', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'close-sig-timestamp', 's');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[timestampText ?? '', body]],
			key: (secret) => decode(secret, 'hex'),
		},
	],
	events(received) {
		const body = Body.safeParse(received.json());
		if (!body.success) return [];
		const { id: own, object_type: object, action, date_created: occurredAt } = body.data.event;
		return [fact({ id: own, type: object && action ? `${object}.${action}` : object, occurredAt })];
	},
};
