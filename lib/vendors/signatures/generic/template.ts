import { createHash } from 'node:crypto';
import type { Received } from '../../../domain/signature/received';
import type { Content, Signed } from '../../../domain/signature/scheme';
import { sortedFields } from '../sorted-fields';

/** What is signed, as `v0:{timestamp}:{body}` says it. */
export interface Template {
	/** Whether a placeholder stands in it; `header:x-id` for one with an argument. */
	has(placeholder: string): boolean;
	/** The headers that it names, in lower case. */
	readonly headers: readonly string[];
	/** Whether the bytes of the body decide about what is signed. */
	readonly coversBody: boolean;
	fill(received: Received, signed: Signed): Content;
}

type Fill = (received: Received, signed: Signed) => string | Buffer;

const PLAIN: Readonly<Record<string, Fill>> = {
	body: ({ body }) => body,
	timestamp: (_, { timestampText }) => timestampText ?? '',
	id: (_, { eventId }) => eventId ?? '',
	method: ({ method }) => method.toUpperCase(),
	url: ({ url }) => url,
	host: ({ url }) => partsOf(url).host,
	path: ({ url }) => partsOf(url).path,
	query: ({ url }) => partsOf(url).query,
	form: (received) => sortedFields(received.form()),
	newline: () => '\n',
};

const PLACEHOLDER = /(\{[a-z][^{}\s"']*\})/i;
const BODY_HASH = /^body:(sha1|sha256|sha384|sha512):(hex|base64|base64url)$/;
const HEADER = /^header:([!#$%&'*+.^_`|~0-9a-z-]+)$/;

/** A text for a placeholder that nobody knows: a typing error would refuse every delivery. */
export type UnknownPlaceholder = { readonly unknown: string };

export function compile(text: string): Template | UnknownPlaceholder {
	const fills: Fill[] = [];
	const names: string[] = [];
	for (const part of text.split(PLACEHOLDER)) {
		if (!PLACEHOLDER.test(part)) {
			fills.push(() => part);
			continue;
		}
		const name = part.slice(1, -1).toLowerCase();
		const fill = fillOf(name);
		if (!fill) return { unknown: part };
		fills.push(fill);
		names.push(name);
	}
	return {
		has: (placeholder) => names.includes(placeholder),
		headers: names.flatMap((name) => HEADER.exec(name)?.[1] ?? []),
		coversBody: names.some((name) => /^(?:body|form)(?::|$)/.test(name)),
		fill: (received, signed) => fills.map((fill) => fill(received, signed)),
	};
}

function fillOf(name: string): Fill | undefined {
	if (Object.hasOwn(PLAIN, name)) return PLAIN[name];
	const header = HEADER.exec(name)?.[1];
	if (header !== undefined)
		return (received) => {
			const found = received.header(header);
			return found?.ok ? found.value : '';
		};
	const [, algorithm, encoding] = BODY_HASH.exec(name) ?? [];
	if (algorithm === undefined) return undefined;
	const digest = encoding === 'hex' || encoding === 'base64' ? encoding : 'base64url';
	return ({ body }) => createHash(algorithm).update(body).digest(digest);
}

/** In the sender's own spelling: a parser would write it anew. */
function partsOf(url: string) {
	const [, host = '', path = '', query = ''] =
		/^[a-z]+:\/\/([^/?#]*)([^?#]*)\??([^#]*)/i.exec(url) ?? [];
	return { host, path: path === '' ? '/' : path, query };
}
