import { isPipelineError, PipelineError } from '../../domain/errors';

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS|EPROTO|ERR_SSL/;

/** In words, because n8n replaces a message that holds one of Node's codes by a sentence of its own. */
const BROKEN: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'connection reset',
	EAI_AGAIN: 'name not resolved',
	ENOTFOUND: 'name not found',
	EPIPE: 'connection closed',
	EPROXY: 'the proxy refused to connect',
	ERR_BAD_RESPONSE: 'the answer could not be read',
};

/**
 * Whatever ended a call without an answer, as `TIMEOUT` or `UPSTREAM_UNAVAILABLE`. Of what was thrown
 * only the name of the fault is kept: errors of HTTP clients carry the request, its key and its person.
 */
export function noAnswer(
	error: unknown,
	{ vendor, timeoutMs }: { readonly vendor: string; readonly timeoutMs: number },
): PipelineError {
	if (isPipelineError(error)) return error;
	const reason = reasonOf(error);
	const cause = new Error(reason);
	if (TIMED_OUT.has(reason)) {
		return new PipelineError('TIMEOUT', `${vendor} did not answer within ${timeoutMs} ms`, {
			vendor,
			cause,
		});
	}
	const words =
		BROKEN[reason] ?? (UNTRUSTED.test(reason) ? 'TLS could not be agreed' : 'no answer');
	return new PipelineError('UPSTREAM_UNAVAILABLE', `${vendor} could not be reached (${words})`, {
		vendor,
		cause,
	});
}

/** Node's code for the fault, wherever the layers above have put it. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return 'UNKNOWN';
	const { code, message, cause } = error as Error & { code?: unknown };
	const inner = cause instanceof Error && 'code' in cause ? cause.code : undefined;
	const reason = inner ?? code;
	if (/timeout of|timed out/i.test(message)) return 'ETIMEDOUT';
	return typeof reason === 'string' ? reason : 'UNKNOWN';
}
