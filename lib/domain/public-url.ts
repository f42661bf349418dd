import { PipelineError } from './errors';

export interface CalledUrl {
	/** What the node is reached by, as far as n8n knows. */
	readonly own: string;
	/** The user's correction: a whole URL, or an origin alone where only that differs. Empty: none. */
	readonly corrected: string;
	/** Path and query of the request, in their original spelling. */
	readonly target: string;
}

/** The URL as the sender called it: its query is never decoded and put together again. Throws `CONFIG_INVALID`. */
export function publicUrl({ own, corrected, target }: CalledUrl): string {
	const at = target.indexOf('?');
	const query = at < 0 ? '' : target.slice(at);
	if (corrected === '') return `${own}${query}`;
	const found = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.exec(corrected);
	if (!found) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Public URL' is "${corrected}". It must be a URL without a query, like https://hooks.example.com`,
		);
	}
	const base = (found[1] ?? '/') === '/' ? withPathOf(own, corrected) : corrected;
	return `${base}${query}`;
}

function withPathOf(own: string, origin: string): string {
	const path = /^[a-z]+:\/\/[^/]+(\/.*)$/i.exec(own)?.[1] ?? '';
	return `${origin.replace(/\/$/, '')}${path}`;
}
