import { dataIn, jsonOf } from '../../lib/domain/signature/json';

/** The media type without its parameters, in lower case. */
export const mediaType = (contentType: string) =>
	(contentType.split(';')[0] ?? '').trim().toLowerCase();

/**
 * A body as the item shows it: JSON objects and lists as such, all else by its type, and what cannot be
 * read as that as text. The type is not signed: a JSON body that was signed must not become other fields
 * because somebody calls it a form, or Shift_JIS. Proofs never look at this.
 */
export async function parseBody(bytes: Buffer, contentType: string): Promise<unknown> {
	if (bytes.length === 0) return {};
	const data = dataIn(bytes);
	if (data) return data;
	const type = mediaType(contentType);
	if (type === 'multipart/form-data') return await multipart(bytes, contentType);
	if (!isText(type)) return {};
	const text = decoded(bytes, contentType);
	if (type === 'application/x-www-form-urlencoded') return grouped(new URLSearchParams(text));
	if (type === '' || type === 'application/json' || type.endsWith('+json'))
		return jsonOf(text) ?? text;
	return text;
}

const isText = (type: string) =>
	type === '' ||
	type.startsWith('text/') ||
	/^application\/(?:.*\+)?(?:json|xml|x-www-form-urlencoded|javascript|x-ndjson|soap)$/.test(type);

/** Without the byte order mark that some senders put first. */
function decoded(bytes: Buffer, contentType: string): string {
	const charset = /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}

/** Fields as text; of files only what they are: their bytes are in the raw body. */
async function multipart(bytes: Buffer, contentType: string): Promise<unknown> {
	try {
		const response = new Response(new Uint8Array(bytes), {
			headers: { 'content-type': contentType },
		});
		const form = await response.formData();
		return grouped(
			[...form.entries()].map(([name, value]): [string, unknown] => [
				name,
				typeof value === 'string'
					? value
					: { fileName: value.name, mimeType: value.type, sizeBytes: value.size },
			]),
		);
	} catch {
		return decoded(bytes, '');
	}
}

/** A field that comes once is its value, one that comes more often the list of them. */
function grouped(entries: Iterable<[string, unknown]>): Record<string, unknown> {
	const found = new Map<string, unknown[]>();
	for (const [name, value] of entries) {
		const values = found.get(name);
		if (values) values.push(value);
		else found.set(name, [value]);
	}
	return Object.fromEntries(
		[...found].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}
