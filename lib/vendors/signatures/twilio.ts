import { createHash } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import { z } from 'zod';
import { fact, id, text, told } from '../../domain/signature/fact';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { EventFact, Scheme } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';
import { isForm, sortedFields } from './sorted-fields';

const BODY_HASH = /([?&]bodySHA256=)[^&#]*/;
const CloudEvent = z.looseObject({ id, type: text, time: text });

// https://www.twilio.com/docs/usage/webhooks/webhooks-security
export const twilio: Scheme = {
	id: 'twilio',
	title: 'Twilio',
	needs: 'secret',
	where: 'Twilio Console: Account Dashboard > Account Info > Auth Token',
	docs: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
	weakness:
		'URL and form fields are signed without separators, so that Digits=1234 and Digits1=234 look alike, and no time is signed: a recorded delivery can be sent again.',
	signsUrl: true,
	toleranceMs: null,
	read(received) {
		const signature = required(received, 'x-twilio-signature');
		if (!signature.ok) return signature;
		const hash = received.query('bodySHA256');
		if (hash && !hash.ok) return hash;
		const bound = hash
			? BODY_HASH.test(received.url)
			: received.body.length === 0 || isForm(told(received, 'content-type'));
		if (!bound) return refuse('BODY_NOT_SIGNED');
		return { ok: true, signatures: [{ text: signature.value }] };
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha1',
			encoding: 'base64',
			contents(received) {
				if (!received.query('bodySHA256')) {
					const fields = sortedFields(received.form());
					return spellings(received.url).map((url) => [url, fields]);
				}
				// With the hash that the body has: the signature then fails when it is another one.
				const hash = createHash('sha256').update(received.body).digest('hex');
				return spellings(received.url).map((url) => [url.replace(BODY_HASH, `$1${hash}`)]);
			},
		},
	],
	events: (received) => (received.query('bodySHA256') ? streamed(received) : requested(received)),
};

/** The server that signs is not consistent about ports and escapes; Twilio's SDK tries the same ones. */
function spellings(url: string): string[] {
	const normal = URL.canParse(url) ? new URL(url).href : url;
	const all = [url, normal, withLegacyQuery(normal)];
	return [...new Set(all.flatMap((one) => [withPort(one), withoutPort(one), one]))];
}

const AUTHORITY = /^(https?):\/\/([^/?#]*)/i;

const withoutPort = (url: string) => url.replace(AUTHORITY, (whole) => whole.replace(/:\d+$/, ''));

const withPort = (url: string) =>
	url.replace(AUTHORITY, (whole, protocol: string) =>
		/:\d+$/.test(whole) ? whole : `${whole}:${protocol.toLowerCase() === 'https' ? 443 : 80}`,
	);

function withLegacyQuery(url: string): string {
	const at = url.indexOf('?');
	if (at < 0 || at === url.length - 1) return url;
	return `${url.slice(0, at + 1)}${stringify(parse(url.slice(at + 1)))}`;
}

/** A call asks again and again under one id, so only what counts up names one of its requests. */
function requested(received: Received): EventFact[] {
	const form = received.form();
	const call = form.get('CallSid');
	const message = form.get('MessageSid') ?? form.get('SmsSid');
	const status = form.get(call ? 'CallStatus' : 'MessageStatus') ?? form.get('SmsStatus');
	const composite = call ? [call, status, form.get('SequenceNumber')] : [message, status];
	return [fact({ composite, type: status })];
}

/** Event Streams: a list of CloudEvents. */
function streamed(received: Received): EventFact[] {
	const list = received.json();
	return (Array.isArray(list) ? list : []).map((data: unknown) => {
		const event = CloudEvent.safeParse(data).data;
		return fact({ id: event?.id, type: event?.type, occurredAt: event?.time, data });
	});
}
