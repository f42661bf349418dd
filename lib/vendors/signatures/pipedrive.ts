import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { BASIC, inAuthorization } from './token/carriers';
import { TOKEN_IN_HEADER } from './token/weaknesses';

/** In version 1 `id` is that of the object, in version 2 that of the event. */
const Body = z.looseObject({
	meta: z.looseObject({
		version: text,
		id,
		action: text,
		entity: text,
		object: text,
		timestamp: z.union([z.string(), z.number()]).optional().catch(undefined),
		timestamp_micro: number,
		webhook_id: id,
	}),
});

// https://pipedrive.readme.io/docs/guide-for-webhooks-v2
export const pipedrive: Scheme = {
	id: 'pipedrive',
	title: 'Pipedrive',
	needs: 'secret',
	where:
		'Pipedrive: Settings > Tools and apps > Webhooks > the webhook > HTTP Auth username and password, written user:password',
	docs: 'https://pipedrive.readme.io/docs/guide-for-webhooks-v2',
	weakness: TOKEN_IN_HEADER,
	toleranceMs: null,
	read: (received) => inAuthorization(received, ['basic']),
	proofs: [BASIC],
	events(received) {
		const body = Body.safeParse(received.json());
		if (!body.success) return [];
		const { version, id: own, action, entity, object, timestamp, ...v1 } = body.data.meta;
		const what = entity ?? object;
		const type = what && action ? `${action}.${what}` : action;
		const occurredAt = typeof timestamp === 'number' ? timestamp * 1000 : timestamp;
		if (version === '2.0') return [fact({ id: own, type, occurredAt })];
		const composite = [v1.webhook_id, what, own, action, v1.timestamp_micro];
		return [fact({ composite, type, occurredAt })];
	},
};
