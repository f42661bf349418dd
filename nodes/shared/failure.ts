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
 * A failed item. For the error output n8n takes an item whose JSON holds nothing but `error`,
 * `message` and `details`, and merges the input into it; more keys, or an `error` on the item itself,
 * would lose the lead or leave it on a success output. Under *Continue* we merge ourselves.
 */
export function failedItem(
	node: IExecuteFunctions,
	thrown: unknown,
	where: { readonly item: INodeExecutionData; readonly index: number; readonly stage: string },
): INodeExecutionData {
	const details = describeFailure(thrown, where.stage, new Date().toISOString());
	const kept = node.getNode().onError === 'continueErrorOutput' ? {} : where.item.json;
	return {
		json: { ...kept, error: details.message, details },
		pairedItem: { item: where.index },
	};
}
