import type { Scheme } from '../../domain/signature/scheme';
import { trackedEvent } from './segment/events';
import { segment } from './segment';

// https://segment.com/docs/connections/destinations/catalog/actions-webhook/
export const segmentBatch: Scheme = {
	...segment,
	id: 'segment-batch',
	title: 'Segment (Batched Deliveries)',
	weakness:
		'Only the first event of a batch is signed: whoever has seen one delivery can put other events behind it. Switch batching off in the destination and choose Segment instead.',
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha1',
			encoding: 'hex',
			contents(received) {
				const list = received.json();
				const first: unknown = Array.isArray(list) ? list[0] : undefined;
				// Segment writes the first event anew to sign it, and JavaScript writes it alike.
				return first === undefined ? [[received.body]] : [[JSON.stringify(first)]];
			},
		},
	],
	events(received) {
		const list = received.json();
		if (!Array.isArray(list)) return [trackedEvent(list)];
		return list.map((data: unknown) => ({ ...trackedEvent(data), data }));
	},
};
