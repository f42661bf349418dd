import { decode, DUPLICATE, type HeaderReader, type Scheme } from '../../domain/signature';
import { signatureHeader, timestampHeader } from './read';

/** `webhook-` is the standard's own prefix, `svix-` the one of its first implementation. */
const familyOf = (headers: HeaderReader) =>
	headers('webhook-signature') === null ? 'svix' : 'webhook';

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
export const standardWebhooks: Scheme = {
	id: 'standard-webhooks',
	title: 'Standard Webhooks (Svix)',
	algorithm: 'sha256',
	encoding: 'base64',
	toleranceMs: 5 * 60_000,
	read(headers) {
		const family = familyOf(headers);
		const signature = signatureHeader(headers, `${family}-signature`);
		if (!signature.ok) return signature;
		const timestamp = timestampHeader(headers, `${family}-timestamp`, 1000);
		if (!timestamp.ok) return timestamp;
		const eventId = headers(`${family}-id`);
		if (eventId === DUPLICATE) return { ok: false, reason: 'DUPLICATE_HEADER' };
		if (eventId === null) return { ok: false, reason: 'MISSING_SIGNATURE' };
		const signatures = signature.value
			.split(' ')
			.flatMap((part) => (part.startsWith('v1,') ? [part.slice(3)] : []));
		return { ok: true, signatures, eventId, timestamp: timestamp.timestamp };
	},
	contents({ body }, { eventId, timestamp }) {
		return [Buffer.concat([Buffer.from(`${eventId}.${Number(timestamp) / 1000}.`), body])];
	},
	key: (secret) => decode(secret.replace(/^whsec_/, ''), 'base64'),
};
