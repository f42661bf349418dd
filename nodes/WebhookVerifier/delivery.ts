import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Delivery } from '../../lib/domain/signature';
import type { LeadItem } from '../shared/each-item';

/** The delivery as it came in through n8n's Webhook node. Throws `CONFIG_INVALID` without the raw bytes. */
export async function deliveryOf(
	node: IExecuteFunctions,
	{ item, index, json }: LeadItem,
): Promise<Delivery> {
	const field = node.getNodeParameter('options.binaryField', index, 'data') as string;
	if (!item.binary?.[field]) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`The item has no raw body in the binary field '${field}'. Turn on the option 'Raw Body' of the Webhook node`,
		);
	}
	return {
		method: node.getNodeParameter('options.method', index, 'POST') as string,
		url: String(node.getNodeParameter('publicUrl', index, '') ?? ''),
		headers: (json['headers'] ?? {}) as Record<string, unknown>,
		body: await node.helpers.getBinaryDataBuffer(index, field),
	};
}
