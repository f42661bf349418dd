import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({
	triggerType: text,
	payload: z.looseObject({ id, submittedAt: text }).optional().catch(undefined),
});

// https://developers.webflow.com/data/docs/working-with-webhooks
export const webflow: Scheme = {
	id: 'webflow',
	title: 'Webflow',
	needs: 'secret',
	where:
		'Webflow: the client secret of the app that created the webhook; webhooks of the site dashboard are not signed',
	docs: 'https://developers.webflow.com/data/docs/working-with-webhooks',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-webflow-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-webflow-timestamp', 'ms');
		return at.ok ? { ...found, ...at } : at;
	},
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
		const { triggerType: type, payload } = event.data;
		const { id: own, submittedAt } = payload ?? {};
		return [fact({ composite: [type, own, submittedAt], type, occurredAt: submittedAt })];
	},
};
