import { z } from 'zod';
import { compareJson } from './stable-json';

const text = z.string().min(1);

const campaign = {
	utmSource: text.optional(),
	utmMedium: text.optional(),
	utmCampaign: text.optional(),
	utmTerm: text.optional(),
	utmContent: text.optional(),
	campaignId: text.optional(),
	landingPage: text.optional(),
	referrer: text.optional(),
};

/** One way in which a person came to us. */
export const Touch = z.object({
	at: z.iso.datetime({ offset: true }).optional().describe('When it happened, ISO 8601 UTC.'),
	source: text.optional().describe('`google`, `partner`, …'),
	...campaign,
});

export type Touch = z.infer<typeof Touch>;

/** How a person came to us: the campaign fields are those of the latest touch. */
export const Attribution = z.object({
	...campaign,
	originalSource: text.optional().describe('First touch: written once, never overwritten.'),
	latestSource: text.optional(),
	touchedAt: z.iso
		.datetime({ offset: true })
		.optional()
		.describe('When the latest touch happened, ISO 8601 UTC.'),
	firstTouch: Touch.optional().describe(
		'The first touch as it was, with its campaign: written once.',
	),
});

export type Attribution = z.infer<typeof Attribution>;

/**
 * The attribution after one more touch. What the first touch wrote stays for ever. The latest is
 * overwritten as a whole, unless the new one is older: an event that arrives late changes nothing.
 * A touch that says nothing is none.
 */
export function touch(previous: Attribution, now: Touch): Attribution {
	const { at, source, ...said } = now;
	if (source === undefined && Object.keys(said).length === 0) return previous;
	const first = hasFirst(previous)
		? firstOf(previous)
		: firstOf({ originalSource: source, firstTouch: now });
	if (momentOf(at) < momentOf(previous.touchedAt)) return { ...previous, ...first };
	return {
		...said,
		...first,
		...(source !== undefined && { latestSource: source }),
		...(at !== undefined && { touchedAt: at }),
	};
}

/**
 * The attribution of one person who was held as two: the earlier first touch and the later latest
 * one. The same whichever way round and in whichever order several are merged.
 */
export function mergeAttribution(one: Attribution, other: Attribution): Attribution {
	const [first = {}] = [one, other].filter(hasFirst).sort(byFirst);
	const [latest = {}] = [latestOf(one), latestOf(other)].sort(byLatest);
	return { ...latest, ...firstOf(first) };
}

const hasFirst = ({ originalSource, firstTouch }: Attribution) =>
	originalSource !== undefined || firstTouch !== undefined;

interface First {
	readonly originalSource?: string | undefined;
	readonly firstTouch?: Touch | undefined;
}

const firstOf = ({ originalSource, firstTouch }: First) => ({
	...(originalSource !== undefined && { originalSource }),
	...(firstTouch !== undefined && { firstTouch }),
});

const Latest = Attribution.omit({ originalSource: true, firstTouch: true });

/** Without the first touch. */
export const latestOf = (attribution: Attribution): Attribution => Latest.parse(attribution);

/** An undated one counts as older than every dated one. */
const momentOf = (at: string | undefined) => (at === undefined ? -Infinity : Date.parse(at));

const byFirst = (one: Attribution, other: Attribution) =>
	order(momentOf(one.firstTouch?.at), momentOf(other.firstTouch?.at)) ||
	compareJson(firstOf(one), firstOf(other));

const byLatest = (one: Attribution, other: Attribution) =>
	order(momentOf(other.touchedAt), momentOf(one.touchedAt)) || compareJson(other, one);

const order = (one: number, other: number) => (one < other ? -1 : one > other ? 1 : 0);
