import { z } from 'zod';
import { fact, text, told } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampFrom } from '../../domain/signature/text';

const Body = z.looseObject({ webhookTimestamp: z.number() });
const Event = z.looseObject({ type: text, action: text, createdAt: text });

// https://linear.app/developers/webhooks
export const linear: Scheme = {
	id: 'linear',
	title: 'Linear',
	needs: 'secret',
	where: 'Linear: Settings > API > Webhooks > the webhook > Signing secret',
	docs: 'https://linear.app/developers/webhooks',
	toleranceMs: 60_000,
	/** The time stands in the body, and so is signed. */
	read(received) {
		const found = prefixed(received, 'linear-signature', '');
		if (!found.ok) return found;
		const body = Body.safeParse(received.json());
		if (!body.success) return refuse('MISSING_TIMESTAMP');
		const at = timestampFrom(String(body.data.webhookTimestamp), 'ms');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const { type, action, createdAt } = Event.safeParse(received.json()).data ?? {};
		return [
			fact({
				id: told(received, 'linear-delivery'),
				type: type && action ? `${type}.${action}` : type,
				occurredAt: createdAt,
			}),
		];
	},
};
