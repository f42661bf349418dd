import { z } from 'zod';
import { fact, id, text, told } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({ topic: text, external_id: id });
const Body = z.looseObject({
	data: z.array(z.unknown()),
	meta: z.looseObject({ klaviyo_webhook_id: z.string(), timestamp: text }),
});

// https://developers.klaviyo.com/en/docs/working_with_system_webhooks
export const klaviyo: Scheme = {
	id: 'klaviyo',
	title: 'Klaviyo (System Webhooks)',
	needs: 'secret',
	where:
		'Klaviyo: the secret key, of 16 characters or more, that you gave when you created the webhook',
	docs: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'klaviyo-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'klaviyo-timestamp', 'rfc-1123');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[body, timestampText ?? '']],
		},
	],
	// The header is not signed, the body is: they have to name the same webhook.
	also(received) {
		const body = Body.safeParse(received.json());
		if (!body.success) return refuse('MALFORMED_BODY');
		const named = told(received, 'klaviyo-webhook-id');
		return named === body.data.meta.klaviyo_webhook_id ? null : refuse('WRONG_RECIPIENT');
	},
	events(received) {
		const body = Body.safeParse(received.json());
		if (!body.success) return [];
		const occurredAt = body.data.meta.timestamp;
		return body.data.data.map((data) => {
			const event = Event.safeParse(data).data;
			return fact({ id: event?.external_id, type: event?.topic, occurredAt, data });
		});
	},
};
