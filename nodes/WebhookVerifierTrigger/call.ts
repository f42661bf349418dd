import { randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { incomingCorrelationId } from '../../lib/domain/correlation-id';
import { publicUrl } from '../../lib/domain/public-url';
import type { Delivery } from '../../lib/domain/signature/received';
import type { IncomingMessage, ServerResponse } from '../../lib/runtime/read-body';
import { textOf, triggerDesk, type Desk } from '../shared/webhook/context';

/** What Express and n8n make of a request. */
export interface WebhookRequest extends IncomingMessage {
	readonly method: string;
	readonly originalUrl: string;
	readonly ip?: string;
	readonly params: IDataObject;
	readonly query: IDataObject;
}

/** One request to the trigger, and what is known of it before anything is believed. */
export interface Call {
	readonly node: IWebhookFunctions;
	readonly desk: Desk;
	readonly request: WebhookRequest;
	readonly response: ServerResponse;
	/** The node in its workflow, for what is counted per node. */
	readonly nodeKey: string;
	/** The caller's IP address; behind proxies the one that n8n's `N8N_PROXY_HOPS` makes of it. */
	readonly address: string;
	readonly correlationId: string;
	/** Epoch ms. */
	readonly arrivedAt: number;
}

export function openCall(node: IWebhookFunctions): Call {
	const request = node.getRequestObject() as unknown as WebhookRequest;
	return {
		node,
		desk: triggerDesk(node),
		request,
		response: node.getResponseObject() as unknown as ServerResponse,
		nodeKey: `${node.getWorkflow().id ?? ''}:${node.getNode().id}`,
		address: request.ip ?? request.socket.remoteAddress ?? '',
		correlationId: incomingCorrelationId(request.headers) ?? randomUUID(),
		arrivedAt: Date.now(),
	};
}

/** As n8n shows it in the panel: the test URL in a test. n8n before 2.x knows only the other one. */
export function webhookUrl(node: IWebhookFunctions): string {
	if (typeof node.getWebhookResourceUrl === 'function')
		return node.getWebhookResourceUrl('default') ?? '';
	const url = node.getNodeWebhookUrl('default') ?? '';
	return node.getMode() === 'manual' ? url.replace('/webhook/', '/webhook-test/') : url;
}

export function deliveryOf({ node, desk, request }: Call, body: Buffer): Delivery {
	return {
		method: request.method,
		url: publicUrl({
			own: webhookUrl(node),
			corrected: textOf(desk, 'options.publicUrl'),
			target: request.originalUrl,
		}),
		headers: headersOf(request),
		body,
	};
}

/** Node joins a header that came twice; here it stays a list, so that it is seen as such. */
function headersOf({ headersDistinct }: WebhookRequest): Record<string, unknown> {
	const headers = Object.entries(headersDistinct);
	return Object.fromEntries(
		headers.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]),
	);
}
