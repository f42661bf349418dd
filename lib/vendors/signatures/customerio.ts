import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({ event_id: id, object_type: text, metric: text, timestamp: number });

// https://docs.customer.io/integrations/api/webhooks
export const customerio: Scheme = {
	id: 'customerio',
	title: 'Customer.io',
	needs: 'secret',
	where:
		'Customer.io: Data & Integrations > Integrations > Reporting Webhooks > the webhook > Signing key; for webhook actions of a campaign, Settings > Workspace Settings > API & webhook credentials > Webhook Signing Key',
	docs: 'https://docs.customer.io/integrations/api/webhooks',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-cio-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-cio-timestamp', 's');
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
		const event = Event.safeParse(received.json());
		if (!event.success) return [];
		const { event_id: own, object_type: object, metric, timestamp: seconds } = event.data;
		const type = object && metric ? `${object}.${metric}` : metric;
		const occurredAt = seconds === undefined ? undefined : seconds * 1000;
		return [fact({ id: own, type, occurredAt })];
	},
};
