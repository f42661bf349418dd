import type { Consent } from './consent';
import { ConsentStatement, LAWFUL_BASES, mergeConsents } from './consent';
import { consentWords, isEmpty, type ConsentWords } from './consent-channels';
import { answerOf } from './consent-words';
import { cleanText, fieldName, isRecord } from './form';
import { parseInstant } from './instant';

/** When and where consent was stated. */
export interface ConsentContext {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly source?: string;
	readonly eventId?: string;
}

type Said = Readonly<Record<string, unknown>>;

export interface ConsentRead {
	readonly consent: Consent;
	/** Words that name no channel and say neither yes nor no: nobody knows what was meant. */
	readonly unread: readonly unknown[];
	/** By name, what cannot be read and was taken for what binds us most: a no, or an unknown basis. */
	readonly doubted: Said;
	/** What else stands beside it: from where it was said, which version of the wording. */
	readonly details: Said;
}

const NOTHING: ConsentRead = { consent: { channels: {} }, unread: [], doubted: {}, details: {} };

/**
 * What a sender says about consent: one answer for all, or a record of channels with, perhaps, the
 * lawful basis, the moment, the wording, and a history; or a list of these. `unsubscribed: true` and
 * its like are a no, and their opposite is no yes.
 */
export function readConsent(value: unknown, context: ConsentContext): ConsentRead {
	if (isEmpty(value)) return NOTHING;
	if (Array.isArray(value)) return together(value.map((one) => readConsent(one, context)));
	const answer = answerOf(value);
	if (answer !== undefined) {
		const basis = answer ? { lawfulBasis: 'consent' } : {};
		return readRecord({ ...basis, email: answer, phone: answer, enrichment: answer }, context);
	}
	return isRecord(value) ? readRecord(value, context) : { ...NOTHING, unread: [value] };
}

const together = (all: readonly ConsentRead[]): ConsentRead => ({
	consent: mergeConsents(all.map(({ consent }) => consent)),
	unread: all.flatMap(({ unread }) => unread),
	doubted: Object.fromEntries(all.flatMap(({ doubted }) => Object.entries(doubted))),
	details: Object.fromEntries(all.flatMap(({ details }) => Object.entries(details))),
});

function readRecord(value: Said, context: ConsentContext): ConsentRead {
	const words = consentWords(value);
	const history = historyOf(value['history'], context);
	const basis = value['lawfulBasis'] ?? value['lawful_basis'];
	const isSilent = words.channels.size === 0 && history.known.length === 0 && isEmpty(basis);
	if (isSilent && Object.keys(words.details).length > 0) return { ...NOTHING, unread: [value] };
	const stamp = value['consentTimestamp'] ?? value['consent_timestamp'] ?? value['timestamp'];
	const unread = {
		...(!isEmpty(basis) && !basisOf(basis) && { lawfulBasis: basis }),
		...(!isEmpty(stamp) && !parseInstant(stamp) && { consentTimestamp: stamp }),
	};
	return {
		consent: consentOf(
			words,
			{ basis, stamp, text: value['text'], history: history.known },
			context,
		),
		unread: history.unread,
		doubted: { ...words.doubted, ...unread },
		details: { ...words.details, ...unread },
	};
}

interface Beside {
	readonly basis: unknown;
	readonly stamp: unknown;
	readonly text: unknown;
	readonly history: readonly ConsentStatement[];
}

/** Who gives a history says nothing new about the channels that are in it. */
function consentOf({ channels }: ConsentWords, beside: Beside, context: ConsentContext): Consent {
	const { basis, stamp, history } = beside;
	const lawful = isEmpty(basis) ? undefined : { lawfulBasis: basisOf(basis) ?? 'unknown' };
	const given = lawful ?? [...channels.values()].some(({ allowed }) => allowed);
	const at = isEmpty(stamp) ? (given ? context.at : undefined) : parseInstant(stamp);
	const before = mergeConsents(
		history.map(({ channel, allowed }) => ({ channels: { [channel]: allowed } })),
	);
	const now = [...channels].filter(([channel]) => !Object.hasOwn(before.channels, channel));
	const statements = now.map(([channel, { allowed, text = cleanText(beside.text) }]) => ({
		at: at ?? context.at,
		channel,
		allowed,
		...lawful,
		...(context.source && { source: context.source }),
		...(context.eventId && { eventId: context.eventId }),
		...(text && { text }),
	}));
	const all = [...history, ...statements];
	return {
		...lawful,
		...(at && { consentTimestamp: at }),
		channels: {
			...before.channels,
			...Object.fromEntries([...channels].map(([channel, { allowed }]) => [channel, allowed])),
		},
		...(all.length > 0 && { history: all }),
	};
}

/** `Legitimate Interest` is `legitimate_interest`. */
const basisOf = (basis: unknown) => {
	const name = fieldName(cleanText(basis) ?? '');
	return LAWFUL_BASES.find((known) => fieldName(known) === name);
};

/** One statement that cannot be read takes none of the others with it. */
function historyOf(value: unknown, { at }: ConsentContext) {
	const entries: readonly unknown[] = isEmpty(value) ? [] : [value].flat();
	const read = entries.map((entry) => {
		const exact = ConsentStatement.safeParse(entry);
		return exact.success ? exact.data : loosely(entry, at);
	});
	return {
		known: read.filter((one) => one !== undefined),
		unread: entries.filter((_, index) => read[index] === undefined),
	};
}

/** What can be read of a statement that lacks its moment, or has a basis of another name. */
function loosely(entry: unknown, at: string): ConsentStatement | undefined {
	if (!isRecord(entry)) return undefined;
	const [channel, allowed] = [cleanText(entry['channel']), answerOf(entry['allowed'])];
	if (channel === undefined || allowed === undefined) return undefined;
	return { at: parseInstant(entry['at']) ?? at, channel, allowed };
}
