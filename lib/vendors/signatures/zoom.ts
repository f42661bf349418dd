import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({
	event: text,
	event_ts: number,
	payload: z
		.looseObject({ object: z.looseObject({ uuid: id, id }).optional().catch(undefined) })
		.optional()
		.catch(undefined),
});
const Check = z.looseObject({
	event: z.literal('endpoint.url_validation'),
	payload: z.looseObject({ plainToken: z.string() }),
});

// https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
export const zoom: Scheme = {
	id: 'zoom',
	title: 'Zoom',
	needs: 'secret',
	where: 'Zoom: App Marketplace > Manage > your app > Features > Access > Secret Token',
	docs: 'https://developers.zoom.us/docs/api/webhooks/',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-zm-signature', 'v0=');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-zm-request-timestamp', 's');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`v0:${timestampText}:`, body]],
		},
	],
	events(received) {
		const parsed = Event.safeParse(received.json());
		if (!parsed.success) return [];
		const { event, event_ts: occurredAt, payload } = parsed.data;
		const named = payload?.object?.uuid ?? payload?.object?.id;
		return [fact({ composite: [event, occurredAt, named], type: event, occurredAt })];
	},
	challenge: {
		/** Zoom asks when the endpoint is saved and again every 72 hours, and waits 3 s. */
		signed(received, secret) {
			const check = Check.safeParse(received.json());
			if (!check.success) return null;
			const { plainToken } = check.data.payload;
			const encryptedToken = createHmac('sha256', secret).update(plainToken).digest('hex');
			return {
				status: 200,
				contentType: 'application/json',
				body: JSON.stringify({ plainToken, encryptedToken }),
			};
		},
	},
};
