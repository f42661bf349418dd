import { Consent, mergeConsents, type ConsentStatement } from './consent';
import { answerOf, META, OPT_INS, OPT_OUTS } from './consent-words';
import { cleanText, fieldName, isRecord } from './form';
import { parseInstant } from './instant';

/** When and where consent was stated. */
export interface ConsentContext {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly source?: string;
	readonly eventId?: string;
}

/**
 * What a sender says about consent: one answer for all, or a record of channels with, perhaps, the
 * lawful basis, the moment, the wording, and a history; or a list of these. `unsubscribed: true` and
 * its like are a no.
 * Undefined when something was said and none of it can be read.
 */
export function readConsent(value: unknown, context: ConsentContext): Consent | undefined {
	if (value === undefined || value === null || value === '') return { channels: {} };
	if (Array.isArray(value)) return readList(value, context);
	const answer = answerOf(value);
	if (answer !== undefined) {
		const basis = answer ? { lawfulBasis: 'consent' } : {};
		return stated({ email: answer, phone: answer, enrichment: answer }, basis, context);
	}
	return isRecord(value) ? readRecord(value, context) : undefined;
}

/** The opt-outs among the fields of a form: nobody should have to look for the right place to say no. */
export function optOuts(fields: Iterable<readonly [string, unknown]>): Record<string, boolean> {
	const found = [...fields].flatMap(([name, value]) => {
		const channel = OPT_OUTS.get(fieldName(name));
		return channel !== undefined && answerOf(value) === true ? [[channel, false] as const] : [];
	});
	return Object.fromEntries(found);
}

function readList(values: readonly unknown[], context: ConsentContext): Consent | undefined {
	const read = values
		.map((value) => readConsent(value, context))
		.filter((one) => one !== undefined);
	return read.length > 0 ? mergeConsents(read) : undefined;
}

type Said = Readonly<Record<string, unknown>>;

function readRecord(value: Said, context: ConsentContext): Consent | undefined {
	const channels = channelsOf(isRecord(value['channels']) ? value['channels'] : value);
	const own = Consent.shape.history.safeParse(value['history']).data ?? [];
	const readable = Object.keys(channels).length > 0 || own.length > 0;
	const consent = stated(channels, value, context, own);
	const said = Object.values(value).some((entry) => !isEmpty(entry));
	return readable || consent.lawfulBasis !== undefined || !said ? consent : undefined;
}

/** Who gives a history says nothing new: it holds these channels already. */
function stated(
	channels: Record<string, boolean>,
	value: Said,
	context: ConsentContext,
	history: readonly ConsentStatement[] = [],
): Consent {
	const basis = Consent.shape.lawfulBasis.safeParse(value['lawfulBasis'] ?? value['lawful_basis']);
	const lawful = basis.data && { lawfulBasis: basis.data };
	const stamp = value['consentTimestamp'] ?? value['consent_timestamp'] ?? value['timestamp'];
	const given = lawful ?? Object.values(channels).includes(true);
	const at = isEmpty(stamp) ? (given ? context.at : undefined) : parseInstant(stamp);
	const text = cleanText(value['text']);
	const now = Object.entries(channels).map(([channel, allowed]): ConsentStatement => ({
		at: at ?? context.at,
		channel,
		allowed,
		...lawful,
		...(context.source && { source: context.source }),
		...(context.eventId && { eventId: context.eventId }),
		...(text && { text }),
	}));
	const all = history.length > 0 ? history : now;
	return {
		...lawful,
		...(at && { consentTimestamp: at }),
		channels,
		...(all.length > 0 && { history: [...all] }),
	};
}

/** Two names of one channel that disagree are a no. */
function channelsOf(said: Said): Record<string, boolean> {
	const channels = new Map<string, boolean>();
	for (const [name, value] of Object.entries(said)) {
		const answer = META.has(fieldName(name)) ? undefined : answerOf(value);
		if (answer === undefined) continue;
		const refusal = OPT_OUTS.get(fieldName(name));
		const channel = refusal ?? OPT_INS.get(fieldName(name)) ?? name;
		const allowed = refusal === undefined ? answer : !answer;
		channels.set(channel, allowed && channels.get(channel) !== false);
	}
	return Object.fromEntries(channels);
}

const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);
