import { rankProviders, type Ranked, type Seen } from '../../domain/enrichment-rank';
import type { Lead } from '../../domain/lead';
import { segmentOf, type Health } from './health';
import { priceOf } from './legs';
import type { EnrichmentOrder, EnrichmentWorld, Step } from './order';

export interface Placed {
	readonly step: Step;
	/** Place in the order that the user gave: of two that are trusted alike, the lower one's value stands. */
	readonly rank: number;
}

export interface Sequence {
	readonly steps: readonly Placed[];
	/** Why, where it is not the order that the user gave. */
	readonly explained?: readonly Ranked[];
}

/** In which order the steps are taken: as given, the fastest first, or as learned for this kind of lead. */
export function sequenceOf(
	lead: Lead,
	order: EnrichmentOrder,
	world: Pick<EnrichmentWorld, 'health' | 'random'>,
): Sequence {
	const given = order.steps.map((step, rank) => ({ step, rank }));
	const ranked = order.learned
		? learned(lead, order, world)
		: order.fastestFirst
			? fastest(order.steps, world.health)
			: undefined;
	if (!ranked) return { steps: given };
	const steps = ranked.flatMap(({ step }) => given[step] ?? []);
	return { steps, explained: ranked };
}

function learned(
	lead: Lead,
	{ steps, learned: policy }: EnrichmentOrder,
	{ health, random = Math.random }: Pick<EnrichmentWorld, 'health' | 'random'>,
): Ranked[] {
	const ranked = rankProviders(
		steps.map((step) => ({
			provider: step.provider.id,
			seen:
				health?.seen(step.provider.id, segmentOf(lead)) ?? health?.seen(step.provider.id, 'any'),
			usdPerHit: usdPerHit(step),
		})),
	);
	if (random() >= (policy?.explore ?? 0)) return ranked;
	// Who is always asked second is never seen with the leads that the first one knows.
	const first = ranked[1 + Math.floor(random() * (ranked.length - 1))];
	if (!first) return ranked;
	return [{ ...first, by: 'explored' }, ...ranked.filter((one) => one !== first)];
}

function usdPerHit(step: Step): number | undefined {
	const { perHit, currencyPerCredit } = priceOf(step);
	return currencyPerCredit === undefined ? undefined : perHit * currencyPerCredit;
}

/** Of whom nothing is known comes after all others. */
function fastest(steps: readonly Step[], health: Health | undefined): Ranked[] {
	const rows = steps.map(({ provider }, step): Ranked => {
		const seen = health?.overall(provider.id);
		const averageMs = averageOf(seen) ?? provider.typicalMs;
		const answers = Math.round(seen?.answered ?? 0);
		const time = averageMs === undefined ? {} : { averageMs: Math.round(averageMs) };
		return { provider: provider.id, step, by: 'fastest', answers, ...time };
	});
	return rows.sort(
		(a, b) => compare(a.averageMs ?? Infinity, b.averageMs ?? Infinity) || a.step - b.step,
	);
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

/** A few answers say little. */
const averageOf = (seen: Seen | undefined) =>
	seen && seen.answered >= 5 ? seen.latencyMs / seen.answered : undefined;
