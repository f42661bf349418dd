import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({
	event: text,
	generatedDateTime: text,
	data: z.looseObject({ envelopeId: id, recipientId: id }).optional().catch(undefined),
});

// https://developers.docusign.com/platform/webhooks/connect/hmac/
export const docusign: Scheme = {
	id: 'docusign',
	title: 'DocuSign Connect',
	needs: 'secret',
	where:
		'DocuSign: Admin > Integrations > Connect > Connect Keys > Add Secret Key, which shows it once',
	docs: 'https://developers.docusign.com/platform/webhooks/connect/hmac/',
	weakness: NO_CLOCK,
	toleranceMs: null,
	/** One header for each of up to 100 keys of the account. */
	read(received) {
		const signatures: Array<{ readonly text: string }> = [];
		for (const name of Object.keys(received.headers)) {
			if (!/^x-docusign-signature-\d{1,3}$/.test(name)) continue;
			const found = received.header(name);
			if (found && !found.ok) return found;
			if (found) signatures.push({ text: found.value });
		}
		return signatures.length > 0 ? { ok: true, signatures } : refuse('MISSING_SIGNATURE');
	},
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'base64', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const parsed = Event.safeParse(received.json());
		if (!parsed.success) return [];
		const { event, generatedDateTime: at, data } = parsed.data;
		const who = data?.recipientId === undefined ? [] : [data.recipientId];
		return [
			fact({ composite: [data?.envelopeId, event, at, ...who], type: event, occurredAt: at }),
		];
	},
};
