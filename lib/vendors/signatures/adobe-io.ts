import { z } from 'zod';
import { decode } from '../../domain/signature/decode';
import { fact, id, text, told } from '../../domain/signature/fact';
import { jsonOf } from '../../domain/signature/json';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Offered, Read, Scheme } from '../../domain/signature/scheme';
import { NO_CLOCK } from './weaknesses';

const KEY_STORE = 'https://static.adobeioevents.com';
/** The path is glued to the host: `@evil.example/…` or `.evil.example/…` would make another host of it. */
const KEY_PATH = /^\/prod\/keys\/pub-key-[0-9a-zA-Z-]{1,100}\.pem$/;

/** `recipientclientid` is the newer spelling; Adobe ends the other one. */
const Addressed = z.looseObject({
	recipientclientid: z.string().optional(),
	recipient_client_id: z.string().optional(),
});
const Event = z.looseObject({ id, event_id: id, type: text, time: text });

// https://developer.adobe.com/events/docs/guides/
export const adobeIo: Scheme = {
	id: 'adobe-io',
	title: 'Adobe I/O Events (Marketo, Experience Platform)',
	needs: 'expected-id',
	where:
		'Adobe Developer Console: the project > Credentials > OAuth Server-to-Server > Client ID (the keys are fetched from Adobe)',
	docs: 'https://developer.adobe.com/events/docs/guides/sdk/sdk-signature-verification',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read,
	proofs: [
		{
			kind: 'public-key',
			algorithm: 'rsa-sha256',
			encoding: 'base64',
			contents({ body }) {
				const inner = unwrapped(body);
				return inner ? [[body], [inner]] : [[body]];
			},
		},
	],
	keyUrls(received) {
		const found = read(received);
		if (!found.ok) return found;
		return { ok: true, urls: found.signatures.flatMap(({ keyUrl }) => keyUrl ?? []) };
	},
	/** Adobe signs for everyone with the same keys: the signature alone would let any customer of Adobe in. */
	also(received, { expectedIds }) {
		const list = eventsIn(received);
		if (list.length === 0) return refuse('MALFORMED_BODY');
		const ours = list.every((data) => {
			const { recipientclientid, recipient_client_id } = Addressed.safeParse(data).data ?? {};
			const named = [recipientclientid, recipient_client_id].filter((one) => one !== undefined);
			return named.length > 0 && named.every((one) => one !== '' && expectedIds.includes(one));
		});
		return ours ? null : refuse('WRONG_RECIPIENT');
	},
	events(received) {
		const list = eventsIn(received);
		// The header is not signed, so it is asked last, and never for a list.
		const header = list.length === 1 ? told(received, 'x-adobe-event-id') : undefined;
		return list.map((data) => {
			const event = Event.safeParse(data).data;
			return fact({
				id: event?.id ?? event?.event_id ?? header,
				type: event?.type,
				occurredAt: event?.time,
				data,
			});
		});
	},
	challenge: {
		/**
		 * The check of a new webhook. Adobe's other way (`validationUrl` in a POST, to be fetched) is only
		 * for endpoints that do not answer this one, and would have us call what a stranger names.
		 */
		unsigned(received) {
			const challenge = received.query('challenge');
			if (received.method.toUpperCase() !== 'GET' || !challenge?.ok) return null;
			return {
				status: 200,
				contentType: 'application/json',
				body: JSON.stringify({ challenge: challenge.value }),
			};
		},
	},
};

/** Two signatures with two keys, so that Adobe can change one; the documents spell the header both ways. */
function read(received: Received): Read {
	const signatures: Offered[] = [];
	for (const number of [1, 2]) {
		const name = 'x-adobe-digital-signature';
		const signature = received.header(`${name}-${number}`) ?? received.header(`${name}${number}`);
		if (signature === null) continue;
		if (!signature.ok) return signature;
		const path = received.header(`x-adobe-public-key${number}-path`);
		if (path === null) continue;
		if (!path.ok) return path;
		if (!KEY_PATH.test(path.value)) return refuse('UNTRUSTED_KEY_URL');
		signatures.push({ text: signature.value, keyUrl: `${KEY_STORE}${path.value}` });
	}
	return signatures.length > 0 ? { ok: true, signatures } : refuse('MISSING_SIGNATURE');
}

/** Adobe Runtime hands the event on in base64; the signature is that of the event. */
const unwrapped = (body: Buffer): Buffer | null => decode(body.toString('latin1'), 'base64');

function eventsIn(received: Received): readonly unknown[] {
	const plain = received.json();
	const inner = typeof plain === 'object' ? null : unwrapped(received.body);
	const parsed = inner ? jsonOf(inner.toString('utf8')) : plain;
	if (Array.isArray(parsed)) return parsed;
	return typeof parsed === 'object' && parsed !== null ? [parsed] : [];
}
