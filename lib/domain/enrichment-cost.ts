/**
 * What a call costs, in whole numbers, so that sums are exact and a store can count them:
 * thousandths of a provider's credit (a verification of half a credit is 500) and millionths of a
 * US dollar. `microUsd` is absent where the price of a credit is unknown.
 */
export interface Cost {
	readonly milliCredits: number;
	readonly microUsd?: number;
}

export const FREE: Cost = { milliCredits: 0, microUsd: 0 };

/** Never less than what was charged: parts of the unit count as a whole one. */
export function costOf(credits: number, usdPerCredit: number | undefined): Cost {
	const milliCredits = ceil(credits * 1_000);
	if (milliCredits === 0) return FREE;
	if (usdPerCredit === undefined) return { milliCredits };
	return { milliCredits, microUsd: ceil(milliCredits * usdPerCredit * 1_000) };
}

/** Up to the next whole number, unless the rest is only how a computer writes a decimal. */
const ceil = (value: number) => Math.ceil(Number(value.toFixed(6)));

export function sumOf(costs: readonly Cost[]): Cost {
	const milliCredits = costs.reduce((sum, cost) => sum + cost.milliCredits, 0);
	if (costs.some(({ microUsd }) => microUsd === undefined)) return { milliCredits };
	return { milliCredits, microUsd: costs.reduce((sum, cost) => sum + (cost.microUsd ?? 0), 0) };
}

export const negative = ({ milliCredits, microUsd }: Cost): Cost => ({
	milliCredits: 0 - milliCredits,
	...(microUsd !== undefined && { microUsd: 0 - microUsd }),
});

export const creditsOf = ({ milliCredits }: Cost) => milliCredits / 1_000;

export const usdOf = ({ microUsd }: Cost) =>
	microUsd === undefined ? undefined : microUsd / 1_000_000;

/** Shares of `total` that differ by one at most and add up to it; the first ones are the larger. */
export const shares = (total: number, parts: number): number[] =>
	Array.from(
		{ length: parts },
		(_, place) => Math.floor(total / parts) + (place < total % parts ? 1 : 0),
	);
