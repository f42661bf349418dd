type Headers = Readonly<Record<string, string>>;

/**
 * `Retry-After` in either form of RFC 9110 section 10.2.3, as ms from `now`; undefined when absent
 * or unreadable. A date in the past is 0.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
	const trimmed = value?.trim();
	if (!trimmed) return undefined;
	if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.ceil(Number(trimmed) * 1000);
	const date = Date.parse(trimmed);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * How long a vendor that said "too many" wants us to wait, in ms from `now`. `Retry-After` first; then
 * the headers in which vendors announce their budget, those that are used up, longest wait first.
 */
export function waitAsked(headers: Headers, now: number): number | undefined {
	const said = parseRetryAfter(headers['retry-after'], now) ?? resetOf(headers, now);
	if (said !== undefined) return said;
	const empty = BUDGETS.filter(({ left }) => headers[left] !== undefined && !Number(headers[left]));
	const waits = empty.map(({ span, ms }) => (span ? Number(headers[span]) : (ms ?? 0)));
	const longest = Math.max(...waits.filter(Number.isFinite), 0);
	return longest > 0 ? longest : undefined;
}

/**
 * Headers that count down, with the length of their window: in another header, or known. When the
 * window ends is not announced, so its whole length is the honest upper bound.
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 * https://docs.apollo.io/reference/rate-limits
 */
const BUDGETS: ReadonlyArray<{ left: string; span?: string; ms?: number }> = [
	{
		left: 'x-hubspot-ratelimit-remaining',
		span: 'x-hubspot-ratelimit-interval-milliseconds',
	},
	{ left: 'x-hubspot-ratelimit-daily-remaining', ms: 86_400_000 },
	{ left: 'x-minute-requests-left', ms: 60_000 },
	{ left: 'x-hourly-requests-left', ms: 3_600_000 },
	{ left: 'x-24-hour-requests-left', ms: 86_400_000 },
];

const RESETS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * Seconds to wait, or the moment in epoch seconds or ms, as each vendor has it; and `t` of the one
 * header of https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (seconds).
 */
function resetOf(headers: Headers, now: number): number | undefined {
	const value = RESETS.map((name) => headers[name]).find(Boolean);
	const number = Number(value ?? /;\s*t=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1] ?? Number.NaN);
	if (!Number.isFinite(number)) return undefined;
	if (number > 1e11) return Math.max(0, number - now);
	return Math.max(0, Math.ceil(number > 1e9 ? number * 1000 - now : number * 1000));
}
