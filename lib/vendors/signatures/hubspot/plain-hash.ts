import type { Received } from '../../../domain/signature/received';
import { refuse } from '../../../domain/signature/refusals';
import type { Read } from '../../../domain/signature/scheme';
import { required } from '../../../domain/signature/text';
import { readV3, V3_HEADER } from './v3';

const V3_TOLERANCE_MS = 5 * 60_000;

export const PLAIN_HASH_WEAKNESS =
	'No time is signed: a recorded delivery can be sent again for ever. Choose Signature V3 where HubSpot offers it.';

/**
 * The older signatures of HubSpot. A v3 header, even an empty one, rules them out: who could take the
 * stronger signature away must not be left with the weaker one.
 */
export function readPlainHash(received: Received, version: 'v1' | 'v2'): Read {
	if (received.headers[V3_HEADER] !== undefined) {
		const v3 = readV3(received);
		return v3.ok ? { ...v3, toleranceMs: V3_TOLERANCE_MS } : v3;
	}
	const signature = required(received, 'x-hubspot-signature');
	if (!signature.ok) return signature;
	const said = received.header('x-hubspot-signature-version');
	if (said && !said.ok) return said;
	if (said && said.value !== version) return refuse('MALFORMED_SIGNATURE');
	return { ok: true, signatures: [{ text: signature.value, version }] };
}
