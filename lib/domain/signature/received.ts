import { jsonOf } from './json';
import { refuse, type Refused } from './refusals';

/** What arrived: the bytes exactly as sent, and headers with lower-case names. */
export interface Delivery {
	readonly method: string;
	/** The public URL as the sender called it, query included, in its original spelling. */
	readonly url: string;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: Buffer;
}

export type Text = { readonly ok: true; readonly value: string };

/** A delivery as schemes read it: nothing is parsed twice, and nothing before it is asked for. */
export interface Received extends Delivery {
	/** The value; null when absent or empty. Refuses `DUPLICATE_HEADER` when the sender gave several. */
	header(name: string): Text | Refused | null;
	/** The value of a query parameter of the URL, decoded; null when absent or empty, refused when given twice. */
	query(name: string): Text | Refused | null;
	/** The body as JSON; undefined when it is none. */
	json(): unknown;
	/** The body as an URL-encoded form. */
	form(): URLSearchParams;
}

export function receive(delivery: Delivery): Received {
	const { method, url, headers, body } = delivery;
	let parsed: { readonly value: unknown } | undefined;
	let form: URLSearchParams | undefined;
	return {
		method,
		url,
		headers,
		body,
		header: (name) => only(headers[name]),
		query: (name) => {
			const at = url.indexOf('?');
			return at < 0 ? null : only(new URLSearchParams(url.slice(at + 1)).getAll(name));
		},
		json: () => (parsed ??= { value: jsonOf(body.toString('utf8')) }).value,
		form: () => (form ??= new URLSearchParams(body.toString('utf8'))),
	};
}

function only(value: unknown): Text | Refused | null {
	if (typeof value === 'string') return value === '' ? null : { ok: true, value };
	if (!Array.isArray(value)) return null;
	return value.length > 1 ? refuse('DUPLICATE_HEADER') : only(value[0]);
}
