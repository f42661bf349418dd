import { z } from 'zod';
import { fact, id, text, told } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

/** Webhooks of triggers and automations have a body of the user's own making, where `id` may be anything. */
const Event = z.looseObject({ zendesk_event_version: z.string(), id, type: text, time: text });

const WHOLE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

// https://developer.zendesk.com/documentation/webhooks/verifying/
export const zendesk: Scheme = {
	id: 'zendesk',
	title: 'Zendesk',
	needs: 'secret',
	where:
		'Zendesk: Admin Center > Apps and integrations > Webhooks > the webhook > Signing secret > Reveal secret',
	docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-zendesk-webhook-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-zendesk-webhook-signature-timestamp', 'iso-8601');
		if (!at.ok) return at;
		// Nothing stands between time and body in what is signed: the zone must not move into the body.
		return WHOLE_TIME.test(at.timestampText) ? { ...found, ...at } : refuse('MALFORMED_TIMESTAMP');
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'base64',
			contents: ({ body }, { timestampText }) => [[timestampText ?? '', body]],
			// The default key, on purpose: the secret looks like base64 and is not decoded.
		},
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return [fact({ id: told(received, 'x-zendesk-webhook-invocation-id') })];
		const { id: own, type, time } = event.data;
		return [fact({ id: own, type, occurredAt: time })];
	},
};
