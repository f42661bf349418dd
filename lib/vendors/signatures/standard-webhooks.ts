import { createPublicKey } from 'node:crypto';
import { decode } from '../../domain/signature/decode';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Content, Offered, Scheme, Signed } from '../../domain/signature/scheme';
import { required, timestampHeader } from '../../domain/signature/text';

const STANDARD = { id: 'webhook-id', time: 'webhook-timestamp', signature: 'webhook-signature' };
/** Of the first implementation. */
const SVIX = { id: 'svix-id', time: 'svix-timestamp', signature: 'svix-signature' };

/** `v1,K5oZ…= v1a,hnO3…=`: what has another form is left aside. */
function signaturesIn(text: string): Offered[] {
	const found: Offered[] = [];
	for (const part of text.split(' ')) {
		const at = part.indexOf(',');
		if (at < 1 || at === part.length - 1 || part.includes(',', at + 1)) continue;
		found.push({ version: part.slice(0, at), text: part.slice(at + 1) });
	}
	return found;
}

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
		const names = received.header(STANDARD.signature) === null ? SVIX : STANDARD;
		const signature = required(received, names.signature);
		if (!signature.ok) return signature;
		const at = timestampHeader(received, names.time, 's');
		if (!at.ok) return at;
		const id = required(received, names.id);
		if (!id.ok) return id;
		const signatures = signaturesIn(signature.value);
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
