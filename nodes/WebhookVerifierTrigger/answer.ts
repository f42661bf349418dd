import type { IWebhookResponseData } from 'n8n-workflow';
import { isPipelineError, PipelineError } from '../../lib/domain/errors';
import { maskAddress } from '../../lib/domain/mask';
import type { Scheme } from '../../lib/domain/signature/scheme';
import type { Verification } from '../../lib/domain/signature/verification';
import { sparing } from '../../lib/runtime/sparing';
import { refusalAnswer, written, type Response } from '../shared/webhook/response';
import type { Call } from './call';

/** Answered here, and no execution: n8n must neither answer again nor start one. */
export const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

const LOG_EVERY_MS = 10_000;
const RETRY_AFTER_MS = 30_000;
const spare = sparing({ now: Date.now, everyMs: LOG_EVERY_MS });

export function answer(call: Call, { statusCode, headers, body }: Response, retryAfterMs?: number) {
	const { response } = call;
	if (response.headersSent || response.destroyed) return ANSWERED;
	response.writeHead(statusCode, {
		...headers,
		...(retryAfterMs !== undefined && { 'retry-after': seconds(retryAfterMs) }),
	});
	response.end(body);
	return ANSWERED;
}

const seconds = (ms: number) => String(Math.max(1, Math.ceil(ms / 1000)));

/** The sender has to come again, except that nothing helps against a wrong configuration but a person. */
export function answerFailure(call: Call, thrown: unknown): IWebhookResponseData {
	const error = isPipelineError(thrown) ? thrown : new PipelineError('INTERNAL', messageOf(thrown));
	const { code, message, help, retryable, details } = error;
	log(call, code, `no delivery can be judged, ${code}: ${message}. ${help}`);
	const after = retryable ? (details.retryAfterMs ?? RETRY_AFTER_MS) : undefined;
	return answer(call, written(refusalAnswer(retryable ? 503 : 500)), after);
}

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** Reason and source, masked; nothing of what was sent. */
export function logRefusal(call: Call, { reason = 'MISMATCH', explanation = '' }: Verification) {
	const hint = reason === 'TOO_MANY' || reason === 'SOURCE_NOT_ALLOWED' ? proxyHint(call) : '';
	log(call, reason, `delivery refused, ${reason}: ${explanation}${hint}`);
}

/** Behind a proxy that n8n does not know of, all callers have its address, and share one limit. */
function proxyHint({ request: { headers } }: Call): string {
	const proxied = headers['x-forwarded-for'] ?? headers.forwarded;
	if (proxied === undefined || Number(process.env['N8N_PROXY_HOPS']) > 0) return '';
	return '. It seems to have come through a proxy, and N8N_PROXY_HOPS is not set: to n8n, all callers are that proxy. Set it to the number of proxies';
}

/** A flood of forgeries must not become a flood of lines. */
function log({ node, nodeKey, address, correlationId }: Call, kind: string, text: string) {
	spare(`${nodeKey}:${kind}`, (held) => {
		const more = held > 0 ? `; ${held} more like it since the last line` : '';
		const from = `from ${maskAddress(address)}, correlation ID ${correlationId}`;
		node.logger.warn(`${node.getNode().name}: ${text} (${from}${more})`);
	});
}

/** What an accepted delivery is answered once n8n has saved its execution; the status is the webhook's `responseCode`. */
export function acknowledge({ response, correlationId }: Call, { acknowledge }: Scheme): unknown {
	if (!acknowledge) return { accepted: true, correlationId };
	const { headers, body } = written({
		contentType: 'text/plain; charset=utf-8',
		...acknowledge,
	});
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	return body;
}
