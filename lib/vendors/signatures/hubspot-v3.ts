import type { Scheme } from '../../domain/signature';
import { signatureHeader, timestampHeader } from './read';

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

// https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
export const hubspotV3: Scheme = {
	id: 'hubspot-v3',
	title: 'HubSpot (Signature V3)',
	algorithm: 'sha256',
	encoding: 'base64',
	toleranceMs: 5 * 60_000,
	read(headers) {
		const signature = signatureHeader(headers, 'x-hubspot-signature-v3');
		if (!signature.ok) return signature;
		const timestamp = timestampHeader(headers, 'x-hubspot-request-timestamp', 1);
		if (!timestamp.ok) return timestamp;
		return { ok: true, signatures: [signature.value], timestamp: timestamp.timestamp };
	},
	/** HubSpot's documents sign the decoded URL, its own SDKs the raw one; escapes may come in lower case. */
	contents({ method, url, body }, { timestamp }) {
		const upper = url.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
		return [...new Set([undo(upper), url, undo(url)])].map((uri) =>
			Buffer.concat([
				Buffer.from(method.toUpperCase() + uri),
				body,
				Buffer.from(String(timestamp)),
			]),
		);
	},
};
