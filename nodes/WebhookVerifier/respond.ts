import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { PipelineError } from '../../lib/domain/errors';
import { correlationIdOf } from '../../lib/domain/trace';
import { failedItem, toNodeError } from '../shared/failure';

const TRIGGER = 'webhookVerifierTrigger';
const NOT_ASKED =
	"Nobody waits for this answer: set 'Respond' of the Webhook Verifier Trigger to 'Using a Webhook Verifier (Respond)'";

interface Answer {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Data is written as JSON by n8n. */
	readonly body: string | object;
}

/** Answers the sender once, with the first item, and lets all items go on. */
export async function respond(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = node.getInputData();
	const item: INodeExecutionData = items[0] ?? { json: {} };
	try {
		const { statusCode, headers, body } = answerOf(node, item.json);
		const correlationId = correlationIdOf(item.json['trace']);
		const answered: unknown = node.sendResponse({
			statusCode,
			headers: {
				'x-content-type-options': 'nosniff',
				...headers,
				...ownHeaders(node),
				...(correlationId !== undefined && { 'x-correlation-id': correlationId }),
			},
			body: body as IDataObject,
		});
		// n8n says that it gives nothing back, and gives a promise.
		await Promise.resolve(answered);
		// No error: the lead that is here already must not be lost for an answer that nobody waits for.
		if (!isAwaited(node)) node.addExecutionHints({ message: NOT_ASKED, type: 'warning' });
		return items.map((one, index) => ({ ...one, pairedItem: { item: index } }));
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node, error, 0);
		return [failedItem(node, error, { item, index: 0, stage: 'responded' })];
	}
}

const Expected = z.object({
	statusCode: z.number().int(),
	headers: z.record(z.string(), z.string()).default({}),
	body: z.string().default(''),
});
const Verified = z.looseObject({ response: Expected.optional(), ok: z.boolean().optional() });

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const TEXT_TYPE = { 'content-type': 'text/plain; charset=utf-8' };

function answerOf(node: IExecuteFunctions, json: IDataObject): Answer {
	const statusCode = statusOf(node.getNodeParameter('responseCode', 0, 200));
	switch (node.getNodeParameter('respondWith', 0, 'verification')) {
		case 'json':
			return {
				statusCode,
				headers: JSON_TYPE,
				body: dataOf(node.getNodeParameter('responseBody', 0, '')),
			};
		case 'text': {
			const body = String(node.getNodeParameter('responseText', 0, ''));
			return { statusCode, headers: TEXT_TYPE, body };
		}
		case 'noData':
			return { statusCode, headers: {}, body: '' };
		default:
			return expected(json);
	}
}

/** A refused item without an answer of its own is no success. */
function expected({ verification, trace }: IDataObject): Answer {
	const { response, ok = true } = Verified.safeParse(verification).data ?? {};
	if (response) return response;
	const correlationId = correlationIdOf(trace);
	const body = { accepted: ok, ...(correlationId !== undefined && { correlationId }) };
	return { statusCode: ok ? 200 : 401, headers: JSON_TYPE, body };
}

function statusOf(value: unknown): number {
	const status = Number(value);
	if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
	throw new PipelineError(
		'CONFIG_INVALID',
		`'Response Code' is "${String(value)}". It must be a status from 200 to 599`,
	);
}

/** n8n gives what an expression makes as it is, and what was typed as text. */
function dataOf(given: unknown): object {
	try {
		const data: unknown = typeof given === 'string' ? JSON.parse(given) : given;
		if (typeof data === 'object' && data !== null) return data;
	} catch {
		// Said below: the parser's own words repeat the text, which may be a person's.
	}
	throw new PipelineError('CONFIG_INVALID', "'Response Body' is no JSON object or list");
}

const Headers = z.array(
	z.object({
		name: z
			.string()
			.trim()
			.toLowerCase()
			.regex(/^[!#$%&'*+.^_`|~0-9a-z-]*$/),
		value: z.coerce.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/),
	}),
);

function ownHeaders(node: IExecuteFunctions): Record<string, string> {
	const parsed = Headers.safeParse(node.getNodeParameter('responseHeaders.entries', 0, []));
	if (parsed.success)
		return Object.fromEntries(
			parsed.data.flatMap(({ name, value }) => (name === '' ? [] : [[name, value]])),
		);
	throw new PipelineError(
		'CONFIG_INVALID',
		"'Response Headers' has a name or a value that cannot stand in a header",
	);
}

const isAwaited = (node: IExecuteFunctions) =>
	node
		.getParentNodes(node.getNode().name, { includeNodeParameters: true })
		.some(
			({ type, parameters }) =>
				!type.endsWith(`.${TRIGGER}`) || parameters?.['responseMode'] === 'responseNode',
		);
