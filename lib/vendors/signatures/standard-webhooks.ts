import { createPublicKey } from 'node:crypto';
import { decode } from '../../domain/signature/decode';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Content, Scheme, Signed } from '../../domain/signature/scheme';
import { required, timestampHeader } from '../../domain/signature/text';

/** `webhook-` is the standard's own prefix, `svix-` the one of its first implementation. */
const familyOf = (received: Received) =>
	received.header('webhook-signature') === null ? 'svix' : 'webhook';

/** SPKI header of a raw Ed25519 key, RFC 8410. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const contents = ({ body }: Received, { eventId, timestampText }: Signed): Content[] => [
	[`${eventId}.${timestampText}.`, body],
];

// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
export const standardWebhooks: Scheme = {
	id: 'standard-webhooks',
	title: 'Standard Webhooks (Svix)',
	needs: 'secret-or-public-key',
	where:
		'The endpoint in the sender’s webhook settings > Signing secret: whsec_… (or the public key whpk_…)',
	docs: 'https://www.standardwebhooks.com',
	toleranceMs: 5 * 60_000,
	read(received) {
		const family = familyOf(received);
		const signature = required(received, `${family}-signature`);
		if (!signature.ok) return signature;
		const at = timestampHeader(received, `${family}-timestamp`, 's');
		if (!at.ok) return at;
		const id = required(received, `${family}-id`);
		if (!id.ok) return id;
		const signatures = signature.value.split(' ').flatMap((part) => {
			const [version, text, ...rest] = part.split(',');
			return version && text && rest.length === 0 ? [{ version, text }] : [];
		});
		if (signatures.length === 0) return refuse('MALFORMED_SIGNATURE');
		return { ...at, signatures, eventId: id.value };
	},
	proofs: [
		{
			kind: 'hmac',
			version: 'v1',
			algorithm: 'sha256',
			encoding: 'base64',
			contents,
			key: (secret) => decode(secret.replace(/^whsec_/, ''), 'base64'),
		},
		{
			kind: 'public-key',
			version: 'v1a',
			algorithm: 'ed25519',
			encoding: 'base64',
			contents,
			key(text) {
				const raw = text.startsWith('whpk_') ? decode(text.slice(5), 'base64') : null;
				if (raw?.length !== 32) return null;
				const der = Buffer.concat([ED25519_SPKI, raw]);
				return createPublicKey({ key: der, format: 'der', type: 'spki' });
			},
		},
	],
	events: () => [],
};
