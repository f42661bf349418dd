import { PipelineError } from '../domain/errors';
import type { Http } from '../runtime/http';

/** Keys that senders publish on the web. */
export interface PublishedKeys {
	/** The text of each, by URL; empty where the sender has none there. Throws `UPSTREAM_UNAVAILABLE`, `TIMEOUT` … when one cannot be had. */
	get(urls: readonly string[], freshAfter?: number): Promise<ReadonlyMap<string, string>>;
}

export interface KeyShelf {
	readonly known: Map<string, { readonly text: string; readonly fetchedAt: number }>;
	readonly underWay: Map<string, Promise<string>>;
}

export const keyShelf = (): KeyShelf => ({ known: new Map(), underWay: new Map() });

/** Adobe asks for at most a day; the others say nothing. */
const KEEP_MS = 24 * 60 * 60_000;
/** More than any sender has at once. Whoever names others must not fill our memory. */
const KEEP_COUNT = 50;
/** A flood of forged key names must not become one of calls; keys that are known do not pass here. */
const MOST_UNDER_WAY = 20;

/** Fetches each key once a day and process, whoever asks. The shelf outlives the client. */
export function publishedKeys(
	http: Http,
	{ shelf, now }: { readonly shelf: KeyShelf; readonly now: () => number },
): PublishedKeys {
	const fetchKey = async (url: string) => {
		const { status, body } = await http.send({ method: 'GET', url, accept: [403, 404, 410] });
		// A forger may name any key: what does not exist is no failure of the sender, and pushes no real key out.
		if (status !== 200) return '';
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const [oldest] = shelf.known.keys();
		if (shelf.known.size >= KEEP_COUNT && oldest !== undefined) shelf.known.delete(oldest);
		shelf.known.set(url, { text, fetchedAt: now() });
		return text;
	};
	const once = (url: string) => {
		const under = shelf.underWay.get(url);
		if (under) return under;
		if (shelf.underWay.size >= MOST_UNDER_WAY) throw tooMany(url);
		const fetching = fetchKey(url).finally(() => shelf.underWay.delete(url));
		shelf.underWay.set(url, fetching);
		return fetching;
	};
	return {
		async get(urls, freshAfter = now() - KEEP_MS) {
			const texts = urls.map(async (url) => {
				const kept = shelf.known.get(url);
				return [url, kept && kept.fetchedAt > freshAfter ? kept.text : await once(url)] as const;
			});
			return new Map(await Promise.all(texts));
		},
	};
}

const tooMany = (url: string) =>
	new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		`${MOST_UNDER_WAY} keys of senders are being fetched already, so ${new URL(url).host} is not asked for another one`,
	);
