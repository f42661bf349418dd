import { z } from 'zod';
import { PipelineError } from '../../domain/errors';
import { decode } from '../../domain/signature/decode';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

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
	const { algorithm, encoding } = settings;
	return {
		id: 'generic-hmac',
		title: 'Generic HMAC',
		needs: 'secret',
		where: "The sender's webhook settings",
		docs: 'https://www.rfc-editor.org/rfc/rfc2104',
		toleranceMs: settings.timestampHeader ? settings.toleranceSeconds * 1000 : null,
		read(received) {
			const found = prefixed(received, settings.signatureHeader, settings.prefix);
			if (!found.ok) return found;
			const id = settings.eventIdHeader ? received.header(settings.eventIdHeader) : null;
			if (id && !id.ok) return id;
			const at = settings.timestampHeader
				? timestampHeader(received, settings.timestampHeader, settings.timestampUnit)
				: null;
			if (at && !at.ok) return at;
			return { ...found, ...at, ...(id && { eventId: id.value }) };
		},
		proofs: [
			{
				kind: 'hmac',
				algorithm,
				encoding,
				contents({ method, url, body }, { eventId, timestampText }) {
					const values: Readonly<Record<string, string | Buffer>> = {
						'{body}': body,
						'{timestamp}': timestampText ?? '',
						'{id}': eventId ?? '',
						'{method}': method.toUpperCase(),
						'{url}': url,
					};
					const parts = settings.signedContent.split(/(\{(?:body|timestamp|id|method|url)\})/);
					return [parts.map((part) => values[part] ?? part)];
				},
				key: (secret) =>
					settings.secretEncoding === 'utf8'
						? Buffer.from(secret)
						: decode(secret, settings.secretEncoding),
			},
		],
	};
}
