import { z } from 'zod';
import { compareJson, stableJson } from './stable-json';

/** From what binds us most to what binds us least: of two, the earlier one counts. */
export const LAWFUL_BASES = [
	'unknown',
	'consent',
	'legitimate_interest',
	'contract',
	'legal_obligation',
] as const;

/** What a person said about one channel, once. Never changed afterwards. */
export const ConsentStatement = z.object({
	at: z.iso.datetime({ offset: true }).describe('ISO 8601, UTC.'),
	channel: z.string().min(1),
	allowed: z.boolean(),
	lawfulBasis: z.enum(LAWFUL_BASES).optional(),
	source: z.string().min(1).optional().describe('Where it was said, e.g. `typeform`.'),
	eventId: z.string().min(1).optional(),
	text: z.string().min(1).optional().describe('The wording that the person agreed to or typed.'),
});

export type ConsentStatement = z.infer<typeof ConsentStatement>;

export const Consent = z.object({
	lawfulBasis: z.enum(LAWFUL_BASES).optional(),
	consentTimestamp: z.iso.datetime({ offset: true }).optional(),
	channels: z
		.record(z.string(), z.boolean())
		.default({})
		.describe(
			'Permission by channel: `email`, `phone`, `sms`, `enrichment`, `sale` (of data, CCPA) and any other. An absent channel is not a yes.',
		),
	history: z
		.array(ConsentStatement)
		.optional()
		.describe('Everything that was ever said, oldest first: only added to.'),
});

export type Consent = z.infer<typeof Consent>;

/**
 * Two records of one person's consent as one. A no stands against every yes, whichever came later: to
 * lift it is for the person whom it was said to. The same in whichever order several are merged.
 */
export function mergeConsent(one: Consent, other: Consent): Consent {
	const lawfulBasis = LAWFUL_BASES.find((basis) =>
		[one.lawfulBasis, other.lawfulBasis].includes(basis),
	);
	const [consentTimestamp] = [one.consentTimestamp, other.consentTimestamp]
		.filter((at) => at !== undefined)
		.sort((a, b) => Date.parse(b) - Date.parse(a) || compareJson(b, a));
	const history = mergeHistory(one.history ?? [], other.history ?? []);
	return {
		...(lawfulBasis && { lawfulBasis }),
		...(consentTimestamp && { consentTimestamp }),
		channels: mergeChannels(one.channels, other.channels),
		...(history.length > 0 && { history }),
	};
}

type Channels = Readonly<Record<string, boolean>>;

/** A channel is allowed only where nobody refused it. */
export const mergeChannels = (one: Channels, other: Channels): Record<string, boolean> =>
	Object.fromEntries(
		[...new Set([...Object.keys(one), ...Object.keys(other)])].map((channel) => [
			channel,
			[one, other].every((channels) => !saysNo(channels, channel)),
		]),
	);

const saysNo = (channels: Channels, channel: string) =>
	Object.hasOwn(channels, channel) && channels[channel] === false;

function mergeHistory(
	one: readonly ConsentStatement[],
	other: readonly ConsentStatement[],
): ConsentStatement[] {
	const known = new Map([...one, ...other].map((said) => [stableJson(said), said]));
	return [...known.values()].sort(
		(a, b) => Date.parse(a.at) - Date.parse(b.at) || compareJson(a, b),
	);
}
