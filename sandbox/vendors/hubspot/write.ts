import type { VendorReply, VendorRequest } from '../port';
import { textOf } from '../request';
import { body, complete, duplicates, inputs, notStrings, reply } from './batch';
import {
	errorBody,
	invalidInput,
	invalidProperties,
	notFound,
	refused,
	type Refusal,
} from './errors';
import { plan, planFor, type Plan, type Verb } from './plan';
import type { ObjectType } from './property';
import { shown } from './read';
import type { Records, StoredRecord } from './records';

const inputFields: Record<Verb, readonly string[]> = {
	create: ['properties', 'associations', 'objectWriteTraceId'],
	update: ['id', 'idProperty', 'properties', 'objectWriteTraceId'],
	upsert: ['id', 'idProperty', 'properties', 'objectWriteTraceId'],
};

/**
 * POST …/batch/create, …/batch/update and …/batch/upsert. One bad input rejects the batch, unless
 * every input has an objectWriteTraceId: then the others are written and the answer is a 207.
 * https://developers.hubspot.com/docs/api-reference/error-handling#multi-status-errors
 */
export function batchWrite(
	records: Records,
	type: ObjectType,
	verb: Verb,
	request: VendorRequest,
): VendorReply {
	const sent = body(request, ['inputs']);
	if (!sent.ok) return reply(sent);
	const list = inputs(sent.value, inputFields[verb]);
	if (!list.ok) return reply(list);
	const plans = list.value.map((input) => plan(records, type, verb, input));
	const same = duplicates(plans.flatMap((one) => (one.ok && one.key ? [one.key] : [])));
	if (same) return refused(same);
	const traced = list.value.every((input) => textOf(input['objectWriteTraceId']));
	const refusals = plans.flatMap((one, index) =>
		one.ok
			? []
			: [{ refusal: one.refusal, trace: textOf(list.value[index]?.['objectWriteTraceId']) }],
	);
	if (refusals.length > 0 && !traced)
		return refused(merged(refusals.map(({ refusal }) => refusal)));

	const results = plans.flatMap((one, index) => {
		if (!one.ok) return [];
		const record = carryOut(records, type, one);
		const trace = textOf(list.value[index]?.['objectWriteTraceId']);
		return [
			{
				...shown(record, Object.keys(one.values)),
				...(verb === 'upsert' ? { new: one.record === undefined } : {}),
				...(trace ? { objectWriteTraceId: trace } : {}),
			},
		];
	});
	const wrote = results.length > 0;
	if (refusals.length === 0) {
		return { status: verb === 'create' ? 201 : 200, body: complete(results), wrote };
	}
	const errors = refusals.map(({ refusal, trace }) => ({
		...errorBody(refusal),
		context: { ...refusal.context, objectWriteTraceId: [trace] },
	}));
	return { status: 207, body: complete(results, { numErrors: errors.length, errors }), wrote };
}

/** POST …/{objectType} and PATCH …/{objectType}/{objectId}?idProperty= */
export function writeOne(
	records: Records,
	type: ObjectType,
	request: VendorRequest,
	id?: string,
): VendorReply {
	const sent = body(request, ['properties', 'associations', 'objectWriteTraceId']);
	if (!sent.ok) return reply(sent);
	const wrong = notStrings(sent.value['properties']);
	if (wrong) return refused(invalidInput(wrong));
	const idProperty = request.query.get('idProperty') ?? undefined;
	const record = id === undefined ? undefined : records.find(type, id, idProperty);
	if (id !== undefined && !record) return refused(notFound());
	const planned = record
		? planFor(records, type, sent.value, record.id, record)
		: plan(records, type, 'create', sent.value);
	if (!planned.ok) return refused(planned.refusal);
	const written = carryOut(records, type, planned);
	return {
		status: record ? 200 : 201,
		body: shown(written, Object.keys(planned.values)),
		wrote: true,
	};
}

function carryOut(
	records: Records,
	type: ObjectType,
	{ record, values, links }: Extract<Plan, { ok: true }>,
): StoredRecord {
	const written = record ?? records.create(type, values);
	if (record) records.update(record, values);
	for (const { to, category, typeId } of links)
		records.link({ from: written, to, category, typeId });
	return written;
}

function merged(refusals: readonly Refusal[]): Refusal {
	const problems = refusals.flatMap((refusal) => refusal.problems ?? []);
	const first = refusals[0] ?? invalidInput('Invalid input');
	return problems.length > 0 && first.problems ? invalidProperties(problems) : first;
}
