import { z } from 'zod';
import { fact, text, told } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK_NO_ID } from './weaknesses';

const Body = z.looseObject({ events: z.array(z.unknown()) });
const Event = z.looseObject({ event_type: text });

// https://docs.attio.com/rest-api/guides/webhooks
export const attio: Scheme = {
	id: 'attio',
	title: 'Attio',
	needs: 'secret',
	where: 'Attio: Workspace settings > Developers > the integration > Webhooks > Secret',
	docs: 'https://docs.attio.com/rest-api/guides/webhooks',
	weakness: NO_CLOCK_NO_ID,
	toleranceMs: null,
	read: (received) => prefixed(received, 'attio-signature', ''),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	/** `Idempotency-Key` names the message, which may carry several events. */
	events(received) {
		const key = told(received, 'idempotency-key');
		const body = Body.safeParse(received.json());
		if (!body.success) return [fact({ id: key })];
		const { events } = body.data;
		return events.map((data, index) => {
			const id = key && events.length > 1 ? `${key}:${index}` : key;
			return fact({ id, type: Event.safeParse(data).data?.event_type, data });
		});
	},
};
