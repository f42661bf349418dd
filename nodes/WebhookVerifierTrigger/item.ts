import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { withoutCredentials, withoutSecrets } from '../../lib/domain/signature/redact';
import { ownCorrelationId, stamp } from '../../lib/domain/trace';
import type { Gate, Outcome } from '../../lib/vendors/verify-delivery';
import { additionsOf } from '../shared/webhook/items';
import { mediaType, parseBody } from './body';
import { webhookUrl, type Call } from './call';

interface Accepted {
	readonly gate: Gate;
	readonly outcome: Extract<Outcome, { kind: 'verified' }>;
	readonly body: Buffer;
}

/** As n8n's Webhook node makes them, with what ours adds; executions are stored, so no secret is in them. */
export async function itemsOf(
	call: Call,
	{ gate, outcome, body }: Accepted,
): Promise<INodeExecutionData[]> {
	const { node, desk, request, correlationId, arrivedAt } = call;
	const contentType = request.headers['content-type'] ?? '';
	const plain = {
		headers: withoutCredentials(request.headers),
		params: request.params,
		query: request.query,
		body: await parseBody(body, contentType),
		webhookUrl: webhookUrl(node),
		executionMode: node.getMode() === 'manual' ? 'test' : 'production',
	};
	const kept = desk.read('options.keepRawBody', false) === true;
	const data =
		kept &&
		(await node.helpers.prepareBinaryData(
			body,
			undefined,
			mediaType(contentType) || 'application/octet-stream',
		));
	const split = desk.read('options.splitEvents', false) === true;
	return additionsOf(outcome, gate.scheme, split).map(({ add, note, binary }, position) => {
		const stage = { stage: 'verified', at: new Date(arrivedAt).toISOString(), note };
		const trace = stamp(undefined, stage, () => ownCorrelationId(correlationId, position));
		const json = withoutSecrets({ ...plain, ...add }, gate.material.secrets) as IDataObject;
		return {
			json: { ...json, trace: trace as unknown as IDataObject },
			...(data && binary !== false && { binary: { data } }),
		};
	});
}
