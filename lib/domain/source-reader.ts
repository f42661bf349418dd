import type { FieldReader, RawFields } from './field-reader';
import { cleanText } from './form';
import type { FormFieldId } from './form-fields';
import { parseInstant } from './instant';
import type { Lead } from './lead';
import type { SourceRecord } from './source-record';

type Source = Lead['source'];

/** A sender that was chosen by hand may leave out what it always says. */
const UNNAMED_EVENT = 'unknown';

/** What is known about the delivery beside the record. */
export interface DeliveryContext {
	/** ISO 8601, UTC. */
	readonly receivedAt: string;
	/** The id that the verifier found; wins over one in the payload, because it was signed for. */
	readonly eventId?: string;
	/** The signed time of the delivery, when the payload does not say when it happened. */
	readonly signedAt?: string;
	/** Wins over what the payload says; for a sender that says nothing. */
	readonly sourceSystem?: string;
	readonly event?: string;
}

/** What stands beside a record's fields is read as a field too, so that the user may map it. */
export function fieldsOf(record: SourceRecord): RawFields {
	const { fields, system, recordId, event, eventId, occurredAt } = record;
	return {
		...fields,
		sourceSystem: system,
		event,
		...(recordId !== undefined && { recordId }),
		...(eventId !== undefined && { eventId }),
		...(occurredAt !== undefined && { occurredAt }),
	};
}

/** Who sent the record, what happened, and when. */
export function readSource(
	{ system, event, before }: SourceRecord,
	{ read }: FieldReader,
	context: DeliveryContext,
): Source {
	const text = (id: FormFieldId) => read(id, cleanText, 'is not text');
	const recordId = text('recordId');
	const eventId = context.eventId ?? text('eventId');
	return {
		system: context.sourceSystem ?? text('sourceSystem') ?? system,
		...(recordId && { recordId }),
		event: context.event ?? text('event') ?? cleanText(event) ?? UNNAMED_EVENT,
		...(eventId && { eventId }),
		...momentOf(
			read('occurredAt', parseInstant, 'is not a date and time'),
			context,
			before?.source,
		),
		receivedAt: before?.source.receivedAt ?? context.receivedAt,
	};
}

function momentOf(
	said: string | undefined,
	{ signedAt, receivedAt }: DeliveryContext,
	before: Source | undefined,
): Pick<Source, 'occurredAt' | 'occurredAtSource'> {
	if (said === undefined)
		return signedAt === undefined
			? { occurredAt: receivedAt, occurredAtSource: 'receipt' }
			: { occurredAt: signedAt, occurredAtSource: 'signature' };
	const isKept = before !== undefined && parseInstant(before.occurredAt) === said;
	const occurredAtSource = isKept ? before.occurredAtSource : ('sender' as const);
	return { occurredAt: said, ...(occurredAtSource && { occurredAtSource }) };
}

/** What each system calls the person; the sender's own id wins. */
export function idsOf({ externalIds = {} }: SourceRecord, { system, recordId }: Source) {
	const ids = Object.entries(externalIds).flatMap(([name, id]) => {
		const clean = cleanText(id);
		return clean ? [[name, clean] as const] : [];
	});
	return { ...Object.fromEntries(ids), ...(recordId && { [system]: recordId }) };
}
