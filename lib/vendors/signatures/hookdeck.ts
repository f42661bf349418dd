import { fact, told } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';
import { NO_CLOCK_NO_ID } from './weaknesses';

// https://hookdeck.com/docs/authentication#hookdeck-webhook-signature-verification
export const hookdeck: Scheme = {
	id: 'hookdeck',
	title: 'Hookdeck Event Gateway',
	needs: 'secret',
	where: 'Hookdeck: the project > Settings > Secrets > Signing secret',
	docs: 'https://hookdeck.com/docs/authentication',
	weakness: NO_CLOCK_NO_ID,
	toleranceMs: null,
	/** The second header comes for the time of a rotation. `x-hookdeck-verified` proves nothing. */
	read(received) {
		const current = required(received, 'x-hookdeck-signature');
		if (!current.ok) return current;
		const other = received.header('x-hookdeck-signature-2');
		if (other && !other.ok) return other;
		const texts = other ? [current.value, other.value] : [current.value];
		return { ok: true, signatures: texts.map((text) => ({ text })) };
	},
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'base64', contents: ({ body }) => [[body]] },
	],
	events: (received) => [fact({ id: told(received, 'x-hookdeck-eventid') })],
};
