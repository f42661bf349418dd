import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { EventFact, Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Entry = z.looseObject({ id, time: number, changes: z.array(z.unknown()) });
const Body = z.looseObject({ entry: z.array(z.unknown()) });
const Change = z.looseObject({
	field: text,
	value: z.looseObject({ leadgen_id: id, created_time: number }).optional().catch(undefined),
});

// https://developers.facebook.com/docs/graph-api/webhooks/getting-started
export const meta: Scheme = {
	id: 'meta',
	title: 'Meta (Facebook and Instagram Lead Ads)',
	needs: 'secret',
	where: 'Meta: developers.facebook.com > your app > App settings > Basic > App secret',
	docs: 'https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'x-hub-signature-256', 'sha256='),
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const body = Body.safeParse(received.json());
		return body.success ? body.data.entry.flatMap(changes) : [];
	},
	challenge: {
		/**
		 * Only digits are echoed, which Meta sends, so that nobody's text is. The verify token is not
		 * asked: who subscribes another app to this URL signs with another app secret.
		 */
		unsigned(received) {
			const [mode, challenge] = [received.query('hub.mode'), received.query('hub.challenge')];
			if (received.method.toUpperCase() !== 'GET' || !mode?.ok || !challenge?.ok) return null;
			if (mode.value !== 'subscribe' || !/^\d{1,20}$/.test(challenge.value)) return null;
			return { status: 200, contentType: 'text/plain', body: challenge.value };
		},
	},
};

/** Changes come in batches: by page, then by lead. */
function changes(data: unknown): EventFact[] {
	const entry = Entry.safeParse(data);
	if (!entry.success) return [fact({ data })];
	const { id: page, time } = entry.data;
	return entry.data.changes.map((change) => {
		const { field, value } = Change.safeParse(change).data ?? {};
		const seconds = value?.created_time ?? time;
		return fact({
			id: value?.leadgen_id,
			type: field,
			occurredAt: seconds === undefined ? undefined : seconds * 1000,
			data: { id: page, time, change },
		});
	});
}
