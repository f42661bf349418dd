import type { Received } from '../../../domain/signature/received';
import { refuse, type Refused } from '../../../domain/signature/refusals';

/** CRM cards are asked for without a body. */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE'];

/** What no sender leaves unescaped in a URL, and every JSON object has. */
const NEVER_IN_URL = /["{}<>\\^`|\s\u0080-\uffff]/;

/**
 * For the plain hashes, which anyone can continue without the secret: what has grown, or lost its
 * beginning to the URL, is no JSON object any more.
 */
export function onlyJson(received: Received): Refused | null {
	if (received.body.length === 0 && WITHOUT_BODY.includes(received.method.toUpperCase()))
		return null;
	return isJson(received) ? null : refuse('MALFORMED_BODY');
}

/**
 * URL and body are signed with nothing between them. The beginning of a body that was moved to the end
 * of the URL is seen there; a bracket alone is one only where it is missing in the body.
 */
export function unmoved(received: Received): Refused | null {
	const { url } = received;
	const moved = NEVER_IN_URL.test(url) || (url.includes('[') && !isJson(received));
	return moved ? refuse('MALFORMED_BODY') : null;
}

function isJson(received: Received): boolean {
	const body = received.json();
	return typeof body === 'object' && body !== null;
}
