import { readActivities } from './activity-reader';
import { readAttribution } from './attribution-reader';
import { readCompany } from './company-reader';
import { checkCustom, type CustomField } from './custom-field';
import { parseEmail } from './email';
import { whyNotEnrich } from './enrichable';
import { fieldReader, type FieldReader, type Mapped, type Problem } from './field-reader';
import { cleanText, isRecord } from './form';
import { formRecord } from './form-record';
import { Lead, LEAD_SCHEMA_VERSION } from './lead';
import { withRest } from './lead-record';
import { maskValue } from './mask';
import { normalizePerson, present } from './normalize-person';
import { readConsent, type ConsentRead } from './read-consent';
import { fieldsOf, idsOf, readSource, type DeliveryContext } from './source-reader';
import type { SourceRecord } from './source-record';

export interface NormalizeContext extends DeliveryContext {
	/** ISO 3166-1 alpha-2, for phone numbers without a country. */
	readonly defaultCountry?: string;
	/** Values that the user mapped by hand; they win over the payload. */
	readonly mapped?: Mapped;
	/** What a lead must have; with `any-id`, a record id of the sender's is enough. */
	readonly requires: 'email' | 'email-or-phone' | 'any-id';
	readonly enrichPersonal: boolean;
	/** Default: true. */
	readonly enrichRoles?: boolean;
	/** The user's own fields, by their definitions; what has none is kept as it came. */
	readonly customFields?: readonly CustomField[];
}

export type Normalized =
	| { readonly ok: true; readonly lead: Lead; readonly problems: readonly Problem[] }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * A payload of a sender that nobody knows, or a canonical lead, as the canonical lead. A field that
 * cannot be read is a problem, and kept in `custom`.
 */
export function normalize(payload: unknown, context: NormalizeContext): Normalized {
	if (!isRecord(payload)) {
		const value = maskValue(payload);
		return { ok: false, problems: [{ field: 'payload', value, reason: 'is not a JSON object' }] };
	}
	return normalizeRecord(formRecord(payload), context);
}

/** What a source read from its sender's payload, as the canonical lead. */
export function normalizeRecord(record: SourceRecord, context: NormalizeContext): Normalized {
	const reader = fieldReader(fieldsOf(record), context.mapped);
	const email = reader.read('email', parseEmail, 'is not an email address');
	const person = normalizePerson(reader, context.defaultCountry);
	const source = readSource(record, reader, context);
	const externalIds = idsOf(record, source);
	const reachable = { email, phone: person.identity.phone, ids: Object.keys(externalIds).length };
	if (!suffices(reachable, context.requires))
		return { ok: false, problems: [...missing(context.requires, reader), ...reader.problems] };

	const said = readConsentOf(record, reader, source);
	const { consent } = said;
	const attribution = readAttribution(reader, source.occurredAt);
	const isOwn = email?.kind === 'business' || email?.kind === 'role';
	const company = readCompany(reader, isOwn ? email.domain : undefined);
	// Last, because it keeps what the others could not read.
	const custom = readCustom(record, reader, { ...context, said });
	const { emailStatus } = record;
	const candidate = { consent, emailKind: email?.kind, emailStatus };
	const bar = isConsentUnread(custom) ? 'no_consent' : whyNotEnrich(candidate, context);
	const address = { email: email?.email, emailKind: email?.kind, emailStatus };
	const lead = Lead.parse({
		schemaVersion: LEAD_SCHEMA_VERSION,
		identity: present({ ...address, ...person.identity, externalIds }),
		person: present(person.person),
		company: present(company),
		attribution,
		consent,
		activities: readActivities(record, { ...source, attribution }),
		custom,
		source,
		shouldEnrich: bar === undefined,
		...(bar && { shouldEnrichReason: bar }),
	});
	const { before } = record;
	return { ok: true, lead: before ? withRest(lead, before) : lead, problems: reader.problems };
}

function readConsentOf(record: SourceRecord, { problems }: FieldReader, source: Lead['source']) {
	const { occurredAt: at, system, eventId } = source;
	const said = readConsent(record.consent, { at, source: system, ...(eventId && { eventId }) });
	const report = (value: unknown, reason: string) =>
		problems.push({ field: 'consent', value: maskValue(value), reason });
	for (const value of said.unread) report(value, 'says neither yes nor no to any channel');
	for (const [name, value] of Object.entries(said.doubted))
		report({ [name]: value }, 'cannot be read, and is taken for what allows least');
	return said;
}

/** The user's own fields, and under `unread` every value that could not be taken for what it should be. */
function readCustom(
	record: SourceRecord,
	{ read, problems, unread }: FieldReader,
	{ customFields = [], said }: Pick<NormalizeContext, 'customFields'> & { said: ConsentRead },
): Record<string, unknown> {
	const formId = read('formId', cleanText, 'is not text');
	const consent = Object.keys(said.details).length > 0 && { consent: said.details };
	const own = { ...consent, ...record.custom, ...(formId && { formId }) };
	const checked = checkCustom(own, customFields);
	problems.push(...checked.problems);
	const lost = {
		...unread(),
		...checked.unread,
		...(said.unread.length > 0 && { consent: onlyOf(said.unread) }),
	};
	if (Object.keys(lost).length === 0) return { ...checked.custom };
	// A lead that was normalised before has an `unread` of ours, and a form may have a field of that name.
	const { unread: before } = checked.custom;
	const known = isRecord(before) || before === undefined ? before : { unread: before };
	return { ...checked.custom, unread: { ...known, ...lost } };
}

const onlyOf = (all: readonly unknown[]) => (all.length === 1 ? all[0] : all);

/** Something was said about consent, and nobody knows what: that is no yes, however often it is read. */
const isConsentUnread = ({ unread }: Readonly<Record<string, unknown>>) =>
	isRecord(unread) && 'consent' in unread;

interface Reachable {
	readonly email: unknown;
	readonly phone: unknown;
	readonly ids: number;
}

function suffices({ email, phone, ids }: Reachable, requires: NormalizeContext['requires']) {
	if (email) return true;
	if (requires === 'email') return false;
	return Boolean(phone) || (requires === 'any-id' && ids > 0);
}

const MISSING: Readonly<Record<NormalizeContext['requires'], string>> = {
	email: 'is missing',
	'email-or-phone': 'is missing, and so is a phone number',
	'any-id': 'is missing, and so are a phone number and a record ID',
};

/** An address that is there and cannot be read has its problem already. */
const missing = (requires: NormalizeContext['requires'], { problems }: FieldReader): Problem[] =>
	problems.some(({ field }) => field === 'email')
		? []
		: [{ field: 'email', value: maskValue(undefined), reason: MISSING[requires] }];
