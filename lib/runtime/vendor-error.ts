import { PipelineError, type ErrorCode } from '../domain/errors';
import { maskEmail } from '../domain/mask';
import type { HttpResponse } from './http';
import { parseRetryAfter } from './policies/retry';

/** The catalogue code for a vendor's status, where the vendor's file knows nothing better. */
export function codeOfStatus(status: number): ErrorCode {
	if (status === 401) return 'AUTH_FAILED';
	if (status === 402) return 'QUOTA_EXHAUSTED';
	if (status === 403) return 'SCOPE_DENIED';
	if (status === 408 || status === 504) return 'TIMEOUT';
	if (status === 409) return 'CONFLICT';
	if (status === 429) return 'RATE_LIMITED';
	if (status >= 500) return 'UPSTREAM_UNAVAILABLE';
	return 'FIELD_MISMATCH';
}

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
			retryAfterMs: parseRetryAfter(response.headers['retry-after'], now),
			requestId: REQUEST_ID_HEADERS.map((name) => response.headers[name]).find(Boolean),
		},
	);
}

/** Vendors put their sentence in one of a few places; anything else is shown as it came. */
function vendorText(body: unknown): string {
	if (typeof body === 'string') return cut(body);
	if (typeof body !== 'object' || body === null) return '';
	const { message, error, errors } = body as Record<string, unknown>;
	if (typeof message === 'string') return cut(message);
	if (typeof error === 'string') return cut(error);
	const nested = [error, ...(Array.isArray(errors) ? errors : [])].find(
		(entry) => typeof entry === 'object' && entry !== null,
	) as Record<string, unknown> | undefined;
	const sentence = nested && (nested['message'] ?? nested['details'] ?? nested['detail']);
	return cut(typeof sentence === 'string' ? sentence : JSON.stringify(body));
}

const EMAIL = /[\w.+-]+@([\w-]+\.)+\w+/g;

/** Short, on one line, and without the person's address: errors end in logs and chat channels. */
function cut(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim().replace(EMAIL, maskEmail);
	return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
