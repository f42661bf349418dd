import { PipelineError, type ErrorCode } from '../domain/errors';
import { maskEmail } from '../domain/mask';
import type { HttpResponse } from './http';
import { waitAsked } from './policies/retry-after';

/** The catalogue code for a vendor's status, where the vendor's file knows nothing better. */
export function codeOfStatus(status: number): ErrorCode {
	if (status === 401) return 'AUTH_FAILED';
	if (status === 402) return 'QUOTA_EXHAUSTED';
	if (status === 403) return 'SCOPE_DENIED';
	if (status === 408 || status === 504) return 'TIMEOUT';
	if (status === 409) return 'CONFLICT';
	if (status === 413) return 'INVALID_INPUT';
	if (status === 429) return 'RATE_LIMITED';
	// A redirect that leads nowhere, or a proxy that wants its own password, is no word about our fields.
	if (status >= 500 || status < 400 || status === 407) return 'UPSTREAM_UNAVAILABLE';
	return 'FIELD_MISMATCH';
}

/** Statuses whose budget headers mean "not before". */
const LATER = new Set([429, 503]);

const REQUEST_ID_HEADERS = [
	'x-hubspot-correlation-id',
	'x-request-id',
	'request-id',
	'x-slack-req-id',
];

/** A vendor's refusal as our error. The vendor's text is kept, cut to 300 characters. */
export function vendorError(
	vendor: string,
	response: HttpResponse,
	now: number,
	code: ErrorCode = codeOfStatus(response.status),
): PipelineError {
	const text = vendorText(response.body);
	return new PipelineError(
		code,
		`${vendor} answered ${response.status}${text ? `: ${text}` : ''}`,
		{
			vendor,
			status: response.status,
			retryAfterMs:
				LATER.has(response.status) || code === 'RATE_LIMITED'
					? waitAsked(response.headers, now)
					: undefined,
			requestId: REQUEST_ID_HEADERS.map((name) => response.headers[name]).find(Boolean),
		},
	);
}

/** Vendors put their sentence in one of a few places; anything else is shown as it came. */
function vendorText(body: unknown): string {
	if (typeof body === 'string') return short(isMarkup(body) ? titleOf(body) : body);
	if (typeof body !== 'object' || body === null) return '';
	const { message, error, errors } = body as Record<string, unknown>;
	if (typeof message === 'string') return short(message);
	if (typeof error === 'string') return short(error);
	const nested = [error, ...(Array.isArray(errors) ? errors : [])].find(
		(entry) => typeof entry === 'object' && entry !== null,
	) as Record<string, unknown> | undefined;
	const sentence = nested && (nested['message'] ?? nested['details'] ?? nested['detail']);
	return short(typeof sentence === 'string' ? sentence : JSON.stringify(body));
}

/** Gateways and firewalls answer with a page where the API would answer with JSON. */
const isMarkup = (text: string) => /^\s*<(!doctype|html|\?xml)/i.test(text);
const titleOf = (page: string) =>
	`a page${/<title[^>]*>([^<]*)/i.exec(page)?.[1]?.replace(/^/, ', ') ?? ''}`;

const EMAIL = /[\w.+-]+@([\w-]+\.)+\w+/g;
const PHONE = /\+\d[\d ().-]{6,}\d/g;
/** `Bearer …`, `api_key=…`, `"token": "…"`: some vendors repeat what they were given. */
const SECRET =
	/\b(bearer|basic|(?:api[_-]?|access[_-]?)?(?:key|token|secret|password))(["']?\s*[:= ]\s*["']?)[\w.~+/=-]{8,}/gi;

/** On one line, 300 characters, without secrets or the person's address and number: errors end in logs and chat channels. */
function short(text: string): string {
	const line = text
		.slice(0, 2_000)
		.replace(/\s+/g, ' ')
		.trim()
		.replace(EMAIL, maskEmail)
		.replace(PHONE, '+***')
		.replace(SECRET, '$1$2***');
	return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
