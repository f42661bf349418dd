import { z } from 'zod';
import { PipelineError } from '../../domain/errors';
import { decode, type Scheme } from '../../domain/signature';
import { signatureHeader, timestampHeader } from './read';

/** What a sender's documents say about its signature, as the user fills it in. */
export const GenericHmac = z.object({
	signatureHeader: z.string().trim().toLowerCase().min(1),
	algorithm: z.enum(['sha256', 'sha1', 'sha512']).default('sha256'),
	encoding: z.enum(['hex', 'base64']).default('hex'),
	/** Stands before the signature, e.g. `sha256=`. */
	prefix: z.string().default(''),
	/** What is signed, with `{body}`, `{timestamp}`, `{id}`, `{method}` and `{url}`. */
	signedContent: z.string().includes('{body}').default('{body}'),
	timestampHeader: z.string().trim().toLowerCase().default(''),
	timestampUnit: z.enum(['s', 'ms']).default('s'),
	toleranceSeconds: z.number().positive().default(300),
	eventIdHeader: z.string().trim().toLowerCase().default(''),
	secretEncoding: z.enum(['utf8', 'base64', 'hex']).default('utf8'),
});

/** A scheme from settings, for a sender without a preset. Throws `CONFIG_INVALID` naming the setting. */
export function genericHmac(input: Readonly<Record<string, unknown>>): Scheme {
	const parsed = GenericHmac.safeParse(input);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new PipelineError(
			'CONFIG_INVALID',
			`Generic HMAC, '${issue?.path.join('.')}': ${issue?.message}`,
		);
	}
	const settings = parsed.data;
	if (settings.signedContent.includes('{timestamp}') && !settings.timestampHeader) {
		throw new PipelineError(
			'CONFIG_INVALID',
			"'Signed Content' names {timestamp}, but 'Timestamp Header' is empty",
		);
	}
	return {
		id: 'generic-hmac',
		title: 'Generic HMAC',
		algorithm: settings.algorithm,
		encoding: settings.encoding,
		toleranceMs: settings.timestampHeader ? settings.toleranceSeconds * 1000 : null,
		read: (headers) => {
			const signature = signatureHeader(headers, settings.signatureHeader);
			if (!signature.ok) return signature;
			if (!signature.value.startsWith(settings.prefix))
				return { ok: false, reason: 'MALFORMED_SIGNATURE' };
			const id = settings.eventIdHeader ? headers(settings.eventIdHeader) : null;
			if (typeof id === 'symbol') return { ok: false, reason: 'DUPLICATE_HEADER' };
			const common = {
				signatures: [signature.value.slice(settings.prefix.length)],
				...(id !== null && { eventId: id }),
			};
			if (!settings.timestampHeader) return { ok: true, ...common };
			const unitMs = settings.timestampUnit === 's' ? 1000 : 1;
			const timestamp = timestampHeader(headers, settings.timestampHeader, unitMs);
			return timestamp.ok ? { ok: true, ...common, timestamp: timestamp.timestamp } : timestamp;
		},
		contents: ({ method, url, body }, { eventId, timestamp }) => {
			const unitMs = settings.timestampUnit === 's' ? 1000 : 1;
			const values: Record<string, string> = {
				timestamp: timestamp === undefined ? '' : String(timestamp / unitMs),
				id: eventId ?? '',
				method: method.toUpperCase(),
				url,
			};
			const parts = settings.signedContent.split(/(\{(?:body|timestamp|id|method|url)\})/);
			const bytesOf = (part: string) => {
				if (part === '{body}') return body;
				return Buffer.from(/^\{\w+\}$/.test(part) ? (values[part.slice(1, -1)] ?? part) : part);
			};
			return [Buffer.concat(parts.map(bytesOf))];
		},
		key: (secret) =>
			settings.secretEncoding === 'utf8'
				? Buffer.from(secret)
				: decode(secret, settings.secretEncoding),
	};
}
