import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { timestampFrom } from '../../domain/signature/text';

const Signature = z.looseObject({
	timestamp: z.union([z.string(), z.number().transform(String)]),
	token: z.string().min(1),
	signature: z.string().min(1),
	'parent-signature': text,
});
const Body = z.looseObject({ signature: z.unknown().optional() });
const Event = z.looseObject({ id, event: text, timestamp: number });
const Told = z.looseObject({ 'event-data': Event });

/** JSON webhooks have a `signature` object; routes and legacy webhooks have the same fields in a form. */
function signatureOf(received: Received) {
	const body = Body.safeParse(received.json());
	if (body.success) return Signature.safeParse(body.data.signature);
	const form = received.form();
	return Signature.safeParse(
		Object.fromEntries(
			Object.keys(Signature.shape).map((name) => [name, form.get(name) ?? undefined]),
		),
	);
}

// https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
export const mailgun: Scheme = {
	id: 'mailgun',
	title: 'Mailgun',
	needs: 'secret',
	where:
		'Mailgun: Sending > Webhooks > HTTP webhook signing key (or GET /v5/accounts/http_signing_key)',
	docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
	weakness:
		'The event itself is not signed, only a token and a time: whoever has seen one delivery can send another event with it. Turn on Refuse Replays, which takes each token once.',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = signatureOf(received);
		if (!found.success) return refuse('MISSING_SIGNATURE');
		const at = timestampFrom(found.data.timestamp, 's');
		if (!at.ok) return at;
		// Events of a subaccount are signed with its key and with the one of the account above.
		const { signature, 'parent-signature': parent } = found.data;
		const signatures = [{ text: signature }, ...(parent ? [{ text: parent }] : [])];
		return { ...at, signatures };
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents(received, { timestampText }) {
				const found = signatureOf(received);
				return found.success ? [[timestampText ?? '', found.data.token]] : [];
			},
		},
	],
	events(received) {
		const form = received.form();
		const told = Told.safeParse(received.json());
		if (!told.success) return [fact({ id: form.get('Message-Id'), type: form.get('event') })];
		const { id: own, event, timestamp: seconds } = told.data['event-data'];
		const occurredAt = seconds === undefined ? undefined : Math.round(seconds * 1000);
		return [fact({ id: own, type: event, occurredAt })];
	},
};
