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
 * Several records of one person's consent as one. A no stands against every yes, whichever came later:
 * to lift it is for the person whom it was said to. The same in whichever order they are given.
 */
export function mergeConsents(all: readonly Consent[]): Consent {
	const lawfulBasis = LAWFUL_BASES.find((basis) => all.some((one) => one.lawfulBasis === basis));
	const [consentTimestamp] = all
		.flatMap((one) => one.consentTimestamp ?? [])
		.sort((a, b) => Date.parse(b) - Date.parse(a) || compareJson(b, a));
	const history = mergeHistories(all.flatMap((one) => one.history ?? []));
	return {
		...(lawfulBasis && { lawfulBasis }),
		...(consentTimestamp && { consentTimestamp }),
		channels: mergeChannels(all.map(({ channels }) => channels)),
		...(history.length > 0 && { history }),
	};
}

export const mergeConsent = (one: Consent, other: Consent): Consent => mergeConsents([one, other]);

/** A channel is allowed only where nobody refused it. */
function mergeChannels(all: ReadonlyArray<Consent['channels']>): Record<string, boolean> {
	const merged = new Map<string, boolean>();
	for (const [channel, allowed] of all.flatMap((channels) => Object.entries(channels)))
		merged.set(channel, allowed && merged.get(channel) !== false);
	return Object.fromEntries(merged);
}

function mergeHistories(all: readonly ConsentStatement[]): ConsentStatement[] {
	const known = new Map(all.map((said) => [stableJson(said), said]));
	return [...known]
		.sort(([a, one], [b, other]) => Date.parse(one.at) - Date.parse(other.at) || (a < b ? -1 : 1))
		.map(([, said]) => said);
}
