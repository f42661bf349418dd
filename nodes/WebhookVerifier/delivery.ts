import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import type { Delivery } from '../../lib/domain/signature/received';
import type { LeadItem } from '../shared/each-item';
import { textOf, type Desk } from '../shared/webhook/context';

/** The delivery as it came in through n8n's Webhook node. Throws `CONFIG_INVALID` without the raw bytes. */
export async function deliveryOf(
	node: IExecuteFunctions,
	desk: Desk,
	{ item, index, json }: LeadItem,
): Promise<Delivery> {
	const headers = isRecord(json['headers']) ? json['headers'] : {};
	return {
		method: textOf(desk, 'options.method', 'POST'),
		url: withQuery(textOf(desk, 'publicUrl'), json['query']),
		headers,
		body: await rawBody(node, textOf(desk, 'options.binaryField', 'data'), {
			item,
			index,
			headers,
		}),
	};
}

async function rawBody(
	node: IExecuteFunctions,
	field: string,
	{ item, index, headers }: Pick<LeadItem, 'item' | 'index'> & { headers: Record<string, unknown> },
): Promise<Buffer> {
	if (item.binary?.[field]) return await node.helpers.getBinaryDataBuffer(index, field);
	// n8n gives no binary for a call without a body: a subscription check by GET, a channel's ping.
	if (headers['content-length'] === '0' || !('content-type' in headers)) return Buffer.alloc(0);
	throw new PipelineError(
		'CONFIG_INVALID',
		`The item has no raw body in the binary field '${field}'. Turn on the option 'Raw Body' of the Webhook node`,
	);
}

/** n8n keeps no raw body of a multipart delivery, and a file of that name in it would pass for one. */
export const hasNoBytes = ({ json }: LeadItem): boolean =>
	isRecord(json['headers']) &&
	/^\s*multipart\//i.test(String(json['headers']['content-type'] ?? ''));

/**
 * The query is that of the call, never that of the panel: a token there would let everybody in. Written
 * in the panel it only lends its spelling, which n8n's Webhook node loses.
 */
function withQuery(url: string, query: unknown): string {
	const [base = '', ...spelled] = url.split('?');
	const called = new URLSearchParams(isRecord(query) ? pairsOf(query) : []);
	if (sorted(new URLSearchParams(spelled.join('?'))) === sorted(called)) return url;
	return called.size === 0 ? base : `${base}?${called.toString()}`;
}

const pairsOf = (query: Readonly<Record<string, unknown>>) =>
	Object.entries(query).flatMap(([name, value]) =>
		[value].flat().map((one): [string, string] => [name, String(one)]),
	);

const sorted = (query: URLSearchParams) =>
	JSON.stringify([...query].map((pair) => pair.join('=')).sort());
