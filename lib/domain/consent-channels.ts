import { answerOf, META, OPT_INS, OPT_OUTS } from './consent-words';
import { cleanText, fieldName, isRecord } from './form';

type Said = Readonly<Record<string, unknown>>;

/** What was said about one channel. */
export interface ChannelWord {
	readonly allowed: boolean;
	/** The words, where they cannot be read and so are no yes. */
	readonly text?: string;
}

export interface ConsentWords {
	/** Two names of one channel that disagree are a no. */
	readonly channels: ReadonlyMap<string, ChannelWord>;
	/** By name, what names a channel and cannot be read. */
	readonly doubted: Said;
	/** What is about no channel. */
	readonly details: Said;
}

/** The channels of a consent record, in `channels` and beside it. */
export function consentWords(said: Said): ConsentWords {
	const listed = isRecord(said['channels']) ? said['channels'] : undefined;
	const beside = Object.entries(said).filter(([name]) => !META.has(fieldName(name)));
	const entries = [
		...Object.entries(listed ?? {}).map(([name, value]) => ({ name, value, isChannel: true })),
		...beside.map(([name, value]) => ({ name, value, isChannel: false })),
	].filter(({ value }) => !isEmpty(value));
	const channels = new Map<string, ChannelWord>();
	const [doubted, details] = [new Map<string, unknown>(), new Map<string, unknown>()];
	for (const { name, value, isChannel } of entries) {
		const refusal = OPT_OUTS.get(fieldName(name));
		const answer = answerOf(value);
		// Who has not opted out has not said yes.
		if (refusal !== undefined && answer === false) continue;
		const isNamed = fieldName(name) !== '' && (isChannel || (answer !== undefined && !listed));
		const channel = refusal ?? OPT_INS.get(fieldName(name)) ?? (isNamed ? name : undefined);
		if (channel === undefined) details.set(name, value);
		else if (answer === undefined) doubted.set(name, value);
		if (channel === undefined || channels.get(channel)?.allowed === false) continue;
		channels.set(channel, wordOf(value, answer, refusal !== undefined));
	}
	return {
		channels,
		doubted: Object.fromEntries(doubted),
		details: Object.fromEntries(details),
	};
}

const wordOf = (value: unknown, answer: boolean | undefined, isRefusal: boolean): ChannelWord =>
	answer === undefined
		? { allowed: false, text: cleanText(value) ?? JSON.stringify(value) }
		: { allowed: answer && !isRefusal };

export const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(typeof value === 'object' && Object.keys(value).length === 0);
