import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { fact, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Notification = z.looseObject({
	type: text,
	leadGenFormResponse: text,
	leadAction: text,
	occurredAt: number,
});

/** LinkedIn promises a type-4 UUID. Any other text could be `hmacsha256=` and a body, and the answer its signature. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

// https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation
export const linkedin: Scheme = {
	id: 'linkedin',
	title: 'LinkedIn (Lead Gen Forms)',
	needs: 'secret',
	where: 'LinkedIn: linkedin.com/developers/apps > your app > Auth > Primary Client Secret',
	docs: 'https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation',
	weakness: NO_CLOCK,
	toleranceMs: null,
	/** The documents sign `hmacsha256=` with the body and show the hash alone; some deliveries repeat the prefix. */
	read(received) {
		const header = required(received, 'x-li-signature');
		if (!header.ok) return header;
		return { ok: true, signatures: [{ text: header.value.replace(/^hmacsha256=/, '') }] };
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }) => [['hmacsha256=', body]],
		},
	],
	events(received) {
		const parsed = Notification.safeParse(received.json());
		if (!parsed.success) return [];
		const { type, leadGenFormResponse, leadAction, occurredAt } = parsed.data;
		return [fact({ composite: [leadGenFormResponse, leadAction, occurredAt], type, occurredAt })];
	},
	challenge: {
		/** Asked when the endpoint is saved and every two hours. */
		unsigned(received, { secrets: [secret] }) {
			const found = received.query('challengeCode');
			if (received.method.toUpperCase() !== 'GET' || !found?.ok || !secret) return null;
			if (!UUID.test(found.value)) return null;
			const challengeCode = found.value;
			const challengeResponse = createHmac('sha256', secret).update(challengeCode).digest('hex');
			return {
				status: 200,
				contentType: 'application/json',
				body: JSON.stringify({ challengeCode, challengeResponse }),
			};
		},
	},
};
