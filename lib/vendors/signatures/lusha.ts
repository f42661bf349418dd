import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({ id, type: text, event: text });

// https://docs.lusha.com/webhooks/security
export const lusha: Scheme = {
	id: 'lusha',
	title: 'Lusha',
	needs: 'secret',
	where:
		'Lusha: the account secret that POST https://api.lusha.com/api/account/secret/regenerate shows once',
	docs: 'https://docs.lusha.com/webhooks/security',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-lusha-signature', '');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-lusha-timestamp', 's');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`${timestampText}.`, body]],
		},
	],
	events(received) {
		const parsed = Event.safeParse(received.json());
		if (!parsed.success) return [];
		const { id: own, type, event } = parsed.data;
		return [fact({ id: own, type: type ?? event })];
	},
	challenge: {
		unsigned(received) {
			if (received.method.toUpperCase() !== 'GET') return null;
			const challenge = received.query('challenge');
			if (!challenge?.ok) return null;
			return {
				status: 200,
				contentType: 'application/json',
				body: JSON.stringify({ challenge: challenge.value }),
			};
		},
	},
	acknowledge: { status: 200, contentType: 'application/json', body: '{"received":true}' },
};
