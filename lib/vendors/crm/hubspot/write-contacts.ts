import { z } from 'zod';
import { PipelineError } from '../../../domain/errors';
import { readAnswer } from '../../../runtime/answer';
import type { Api } from './api';
import { recordRefusal, WireError } from './refusal';

export interface ContactInput {
	readonly email: string;
	/** Undefined for a contact that HubSpot does not know. */
	readonly recordId: string | undefined;
	readonly properties: Readonly<Record<string, string>>;
}

export interface Written {
	readonly recordId: string;
	readonly operation: 'created' | 'updated';
	readonly url?: string;
}

const Answer = z.object({
	results: z.array(
		z.object({
			id: z.string(),
			new: z.boolean().nullish(),
			objectWriteTraceId: z.string().nullish(),
			properties: z.record(z.string(), z.string().nullable()).nullish(),
			url: z.string().nullish(),
		}),
	),
	errors: z.array(WireError).nullish(),
});
type Result = z.infer<typeof Answer>['results'][number];

/**
 * All known or all new contacts in one call; one answer per input.
 * Known ones go by record id: "partial upserts are not supported when using email as the idProperty"
 * (https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#upsert-contacts),
 * and a write of the changed fields only is partial. New ones go by address, so that a contact which
 * someone else makes in the meantime is updated and not doubled.
 */
export async function writeContacts(
	api: Api,
	inputs: readonly ContactInput[],
): Promise<Array<Written | Error>> {
	const known = inputs[0]?.recordId !== undefined;
	const response = await api.send({
		method: 'POST',
		path: `${api.paths.objects}/contacts/batch/${known ? 'update' : 'upsert'}`,
		body: { inputs: inputs.map((input, index) => toWire(input, index)) },
		// The same values written twice leave the same record: a lost answer may be asked for again.
		idempotent: true,
	});
	const { results, errors } = readAnswer(Answer, response, 'hubspot');
	return inputs.map((input, index) => {
		const result = results.find((entry) => isFor(entry, input, index, inputs.length));
		if (result) return toWritten(result, known);
		const error = (errors ?? []).find((entry) => concerns(entry, input, index));
		const unnamed = (errors ?? []).find((entry) => !entry.context && !entry.id);
		return error || unnamed ? recordRefusal(error ?? unnamed ?? {}) : unanswered();
	});
}

/** The trace id comes back with each result and each error, and asks for one answer per record. */
function toWire({ email, recordId, properties }: ContactInput, index: number) {
	const objectWriteTraceId = traceId(index);
	return recordId === undefined
		? { id: email, idProperty: 'email', properties: { email, ...properties }, objectWriteTraceId }
		: { id: recordId, properties, objectWriteTraceId };
}

const traceId = (index: number) => `contact-${index}`;

function isFor(result: Result, input: ContactInput, index: number, inputs: number): boolean {
	if (result.objectWriteTraceId) return result.objectWriteTraceId === traceId(index);
	if (input.recordId !== undefined) return result.id === input.recordId;
	return result.properties?.['email']?.toLowerCase() === input.email || inputs === 1;
}

function concerns(error: WireError, input: ContactInput, index: number): boolean {
	const context = typeof error.context === 'object' ? error.context : {};
	const named = [error.id, ...Object.values(context).flat()];
	return [traceId(index), input.recordId ?? input.email].some((id) => named.includes(id));
}

function toWritten({ id, new: isNew, url }: Result, known: boolean): Written {
	const operation = known || isNew === false ? 'updated' : 'created';
	return { recordId: id, operation, ...(url && { url }) };
}

const unanswered = () =>
	new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		'HubSpot answered the batch without a word about this contact. Replay it: the write is repeatable',
		{ vendor: 'hubspot' },
	);
