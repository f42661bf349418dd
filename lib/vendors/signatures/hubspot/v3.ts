import type { Received } from '../../../domain/signature/received';
import type { Content, Proof, Read, Signed } from '../../../domain/signature/scheme';
import { required, timestampHeader } from '../../../domain/signature/text';

export const V3_HEADER = 'x-hubspot-signature-v3';

/** The twelve escapes that HubSpot undoes before it signs; `decodeURIComponent` would undo more. */
const ESCAPES: Readonly<Record<string, string>> = {
	'%3A': ':',
	'%2F': '/',
	'%3F': '?',
	'%40': '@',
	'%21': '!',
	'%24': '$',
	'%27': "'",
	'%28': '(',
	'%29': ')',
	'%2A': '*',
	'%2C': ',',
	'%3B': ';',
};

const undo = (url: string) => url.replace(/%[0-9A-F]{2}/g, (escape) => ESCAPES[escape] ?? escape);

export function readV3(received: Received): Read {
	const signature = required(received, V3_HEADER);
	if (!signature.ok) return signature;
	const at = timestampHeader(received, 'x-hubspot-request-timestamp', 'ms');
	return at.ok ? { ...at, signatures: [{ text: signature.value, version: 'v3' }] } : at;
}

/** HubSpot's documents sign the decoded URL, its own SDKs the raw one; escapes may come in lower case. */
function contentsV3({ method, url, body }: Received, { timestampText }: Signed): Content[] {
	if (!url.includes('%')) return [[method.toUpperCase(), url, body, timestampText ?? '']];
	const upper = url.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
	return [...new Set([undo(upper), url, undo(url)])].map((uri) => [
		method.toUpperCase(),
		uri,
		body,
		timestampText ?? '',
	]);
}

/** The same in all three versions, so that a delivery which has a v3 signature is judged by it. */
export const V3_PROOF: Proof = {
	kind: 'hmac',
	version: 'v3',
	algorithm: 'sha256',
	encoding: 'base64',
	contents: contentsV3,
};
