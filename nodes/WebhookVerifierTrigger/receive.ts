import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { refusal } from '../../lib/domain/signature/verification';
import { readBody, type BodyRead } from '../../lib/runtime/read-body';
import { verifyDelivery, type Gate, type Outcome } from '../../lib/vendors/verify-delivery';
import { textOf } from '../shared/webhook/context';
import { countOutcome } from '../shared/webhook/count';
import { openGate } from '../shared/webhook/gate';
import { responseTo } from '../shared/webhook/response';
import { acknowledge, answer, ANSWERED, answerFailure, logRefusal } from './answer';
import { deliveryOf, openCall, type Call } from './call';
import { OVERLOADED, readGuards, takePlace, turnAway, type TurnedAway } from './guards';
import { itemsOf } from './item';

/**
 * One request, from its first byte to its answer or its execution. Nothing is thrown: n8n would start
 * an execution to show the error in, and so anybody could start one.
 */
export async function receive(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = openCall(node);
	call.response.setHeader('X-Correlation-Id', call.correlationId);
	try {
		return await judge(call);
	} catch (error) {
		return answerFailure(call, error);
	}
}

async function judge(call: Call): Promise<IWebhookResponseData> {
	const { desk, arrivedAt } = call;
	const guards = readGuards(desk);
	const turned = await turnAway(call, guards);
	if (turned) return await refuse(call, turned);
	const read = await bodyOf(call, guards.limitBytes);
	if (!read.ok) return read.reason === 'ABORTED' ? ANSWERED : await refuse(call, read);

	const gate = await openGate(desk);
	const outcome = await verifyDelivery(deliveryOf(call, read.body), gate, arrivedAt);
	if (outcome.kind === 'verified' && !takePlace(call, guards)) {
		await outcome.forget?.();
		return await refuse(call, OVERLOADED);
	}
	await countOutcome(desk, outcome, arrivedAt);
	if (outcome.kind === 'verified') return await start(call, { gate, outcome, body: read.body });
	if (outcome.kind === 'refused') logRefusal(call, outcome.verification);
	const response = responseTo(outcome, gate.scheme);
	return response ? answer(call, response) : ANSWERED;
}

/** n8n reads no body of this node; where it did, because a workflow file took the hidden option away, the raw bytes may be left. */
async function bodyOf({ request }: Call, limitBytes: number): Promise<BodyRead> {
	const kept: Buffer | undefined = request.rawBody;
	if (kept) return kept.length > limitBytes ? TOO_LARGE : { ok: true, body: kept };
	if (!request.readableEnded) return await readBody(request, limitBytes);
	throw new PipelineError(
		'CONFIG_INVALID',
		"n8n has read the body before the node could. Delete the node's parameter 'options' from the workflow file, or put the node on the canvas anew",
	);
}

const TOO_LARGE = { ok: false, reason: 'TOO_LARGE' } as const;

async function refuse(call: Call, { reason, retryAfterMs }: TurnedAway) {
	const { desk, arrivedAt } = call;
	const verification = refusal({ id: textOf(desk, 'sender') }, arrivedAt, { reason });
	const outcome: Outcome = { kind: 'refused', verification };
	await countOutcome(desk, outcome, arrivedAt);
	logRefusal(call, verification);
	const response = responseTo(outcome);
	return response ? answer(call, response, retryAfterMs) : ANSWERED;
}

async function start(
	call: Call,
	accepted: {
		readonly gate: Gate;
		readonly outcome: Extract<Outcome, { kind: 'verified' }>;
		readonly body: Buffer;
	},
): Promise<IWebhookResponseData> {
	const { response, desk } = call;
	const { forget } = accepted.outcome;
	// Told that it failed, the sender comes again, and some come with the very same bytes.
	if (forget) {
		response.once('finish', () => {
			if (response.statusCode >= 500) void forget().catch(() => undefined);
		});
	}
	const workflowData = [await itemsOf(call, accepted)];
	if (desk.read('responseMode', 'onReceived') !== 'onReceived') return { workflowData };
	return { workflowData, webhookResponse: acknowledge(call, accepted.gate.scheme) };
}
