import fc from 'fast-check';
import { overBudget } from '../../lib/domain/enrichment-budget';
import { costOf, creditsOf, shares, sumOf, usdOf } from '../../lib/domain/enrichment-cost';
import { LATENCY_TARGETS_MS, PROFILES } from '../../lib/domain/enrichment-profile';
import { faded, rankProviders, type Seen } from '../../lib/domain/enrichment-rank';

describe('costOf', () => {
	it.each([
		[1, 0.02, { milliCredits: 1_000, microUsd: 20_000 }],
		[0.5, 0.0245, { milliCredits: 500, microUsd: 12_250 }],
		[3, 0.1, { milliCredits: 3_000, microUsd: 300_000 }],
		[1, undefined, { milliCredits: 1_000 }],
		[0, undefined, { milliCredits: 0, microUsd: 0 }],
		[0.0001, 1, { milliCredits: 1, microUsd: 1_000 }],
	])('%s credits at %s', (credits, usd, cost) => {
		expect(costOf(credits, usd)).toEqual(cost);
	});

	it('is unknown in dollars as soon as one part is', () => {
		const sum = sumOf([costOf(1, 0.1), costOf(2, undefined)]);
		expect([creditsOf(sum), usdOf(sum)]).toEqual([3, undefined]);
	});

	it('is shared without a rest', () => {
		fc.assert(
			fc.property(fc.nat(), fc.integer({ min: 1, max: 22 }), (total, parts) => {
				const all = shares(total, parts);
				expect(all.reduce((sum, share) => sum + share, 0)).toBe(total);
				expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
			}),
		);
	});
});

describe('overBudget', () => {
	const spent = costOf(3, 0.1);
	it.each([
		[{ per: 'day', credits: 4 } as const, null],
		[{ per: 'day', credits: 3.5 } as const, /budget of 3.5 credits a day is used up: 3 credits/],
		[{ per: 'run', usd: 0.4 } as const, null],
		[{ per: 'run', provider: 'apollo', usd: 0.39 } as const, /budget of \$0.39 a run for apollo/],
		[{ per: 'lead' } as const, null],
	])('%j', (budget, reason) => {
		const said = overBudget(budget, spent, costOf(1, 0.1));
		if (reason === null) expect(said).toBeNull();
		else expect(said).toMatch(reason);
	});

	it('lets what is free through, whatever is spent', () => {
		expect(overBudget({ per: 'day', credits: 1, usd: 0 }, spent, costOf(0, undefined))).toBeNull();
	});
});

describe('rankProviders', () => {
	const seen = (answered: number, matched: number, usd: number, ms = 300): Seen => ({
		answered,
		matched,
		failed: 0,
		latencyMs: answered * ms,
		microUsd: matched * usd * 1e6,
	});
	const candidate = (provider: string, what?: Seen) => ({
		provider,
		seen: what,
		usdPerHit: undefined,
	});
	const orderOf = (...all: ReturnType<typeof candidate>[]) =>
		rankProviders(all).map(({ provider }) => provider);

	it('asks first whoever costs least for a match, time included', () => {
		expect(
			orderOf(candidate('dear', seen(100, 90, 0.3)), candidate('cheap', seen(100, 40, 0.02))),
		).toEqual(['cheap', 'dear']);
		expect(
			orderOf(
				candidate('slow', seen(100, 50, 0.02, 9_000)),
				candidate('fast', seen(100, 50, 0.03)),
			),
		).toEqual(['fast', 'slow']);
		expect(
			orderOf(candidate('never', seen(100, 0, 0)), candidate('often', seen(100, 60, 0.02, 100))),
		).toEqual(['often', 'never']);
	});

	it('leaves those in their places of whom little is known', () => {
		expect(
			orderOf(
				candidate('dear', seen(100, 50, 0.3)),
				candidate('new', seen(19, 19, 0)),
				candidate('cheap', seen(100, 50, 0.02)),
				candidate('unseen'),
			),
		).toEqual(['cheap', 'new', 'dear', 'unseen']);
	});

	it('counts half after two weeks', () => {
		expect(faded(seen(10, 4, 1), 14)).toMatchObject({ answered: 5, matched: 2, microUsd: 2e6 });
		expect(faded(seen(10, 4, 1), -1)).toMatchObject({ answered: 10 });
	});
});

describe('the profiles', () => {
	it('keep the promises of the latency table', () => {
		expect(PROFILES.routing).toMatchObject({ startBeforeMs: 3_000, budgetMs: 5_000 });
		expect(PROFILES.full.budgetMs).toBe(LATENCY_TARGETS_MS.leadFull);
		expect(LATENCY_TARGETS_MS).toEqual({
			leadRouting: 3_000,
			leadFull: 60_000,
			opportunityStageChange: 120_000,
			intentSignal: 300_000,
			dataQuality: 3_600_000,
		});
	});
});
