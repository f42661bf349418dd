import type { IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isPipelineError, PipelineError } from '../../lib/domain/errors';

const DOCS = 'https://github.com/lead-handoff/n8n-nodes-lead-handoff/blob/main/docs/errors.md';

/** What n8n should do about it, in its own words (n8n-workflow `Failure`). */
function causeOf({ code, details }: PipelineError) {
	const retryAfterMs =
		details.retryAfterMs === undefined ? {} : { retryAfterMs: details.retryAfterMs };
	switch (code) {
		case 'RATE_LIMITED':
			return { cause: 'rate-limited', ...retryAfterMs } as const;
		case 'QUOTA_EXHAUSTED':
			return { cause: 'quota-exhausted', ...retryAfterMs } as const;
		case 'UPSTREAM_UNAVAILABLE':
		case 'TIMEOUT':
		case 'CIRCUIT_OPEN':
		case 'STORE_UNAVAILABLE':
			return { cause: 'temporarily-unavailable', ...retryAfterMs } as const;
		case 'AUTH_FAILED':
			return { cause: 'credential-invalid' } as const;
		case 'SCOPE_DENIED':
		case 'CONFIG_INVALID':
			return { cause: 'configuration-invalid' } as const;
		case 'INTERNAL':
			return { cause: 'node-defect' } as const;
		default:
			return undefined;
	}
}

/** Whatever was thrown, as the error that n8n shows: our message, what to do next, the item. */
export function toNodeError(node: IExecuteFunctions, thrown: unknown, itemIndex: number) {
	if (!isPipelineError(thrown)) {
		return thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(node.getNode(), thrown as Error, { itemIndex });
	}
	const failure = causeOf(thrown);
	const options = {
		itemIndex,
		message: `${thrown.message} [item ${itemIndex}]`,
		description: `${thrown.help} <a href="${DOCS}#${thrown.code.toLowerCase()}" target="_blank">${thrown.code}</a>`,
		...(failure && { failure }),
	};
	const { vendor, status } = thrown.details;
	return vendor && status
		? new NodeApiError(node.getNode(), { message: thrown.message } as JsonObject, {
				...options,
				httpCode: String(status),
			})
		: new NodeOperationError(node.getNode(), thrown.message, options);
}

/** The record of a failure that travels to the error output and into the dead letter. */
export function describeFailure(thrown: unknown, stage: string, at: string) {
	const error = isPipelineError(thrown)
		? thrown
		: new PipelineError('INTERNAL', (thrown as Error).message);
	const { vendor, status, retryAfterMs, requestId } = error.details;
	return {
		stage,
		code: error.code,
		message: error.message,
		help: error.help,
		retryable: error.retryable,
		at,
		...(vendor && { vendor }),
		...(status && { status }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(requestId && { requestId }),
	};
}

/**
 * A failed item in the form that n8n moves to the error output (`error` set on the item, paired with
 * its input), with the whole lead on it; under *Continue* it stays on the first output, marked.
 */
export function failedItem(
	node: IExecuteFunctions,
	thrown: unknown,
	where: { readonly item: INodeExecutionData; readonly index: number; readonly stage: string },
): INodeExecutionData {
	const failure = describeFailure(thrown, where.stage, new Date().toISOString());
	return {
		json: { ...where.item.json, failure, error: failure.message },
		error: toNodeError(node, thrown, where.index),
		pairedItem: { item: where.index },
	};
}
