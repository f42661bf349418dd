import { creditsOf, usdOf, type Cost } from './enrichment-cost';

/** The most that may be spent. A limit that is absent does not bind. */
export interface Budget {
	/** For one lead, for all items of one execution of the node, or from midnight to midnight. */
	readonly per: 'lead' | 'run' | 'day';
	/** Only what this provider costs; absent: all of them together. */
	readonly provider?: string;
	/** Credits of different providers are worth different things: meant for budgets of one provider. */
	readonly credits?: number;
	readonly usd?: number;
}

/** Why the budget does not allow this cost on top of what is spent, or null. */
export function overBudget(budget: Budget, spent: Cost, next: Cost): string | null {
	const { credits, usd } = budget;
	if (usd !== undefined && next.milliCredits > 0 && next.microUsd === undefined) {
		return `The price of the call is unknown, and ${nameOf(budget)} is set: set 'Price of a Credit' for it`;
	}
	const total = (of: 'milliCredits' | 'microUsd') => (spent[of] ?? 0) + (next[of] ?? 0);
	if (next.milliCredits === 0) return null;
	if (credits !== undefined && total('milliCredits') > Math.floor(credits * 1_000)) {
		return tooMuch(budget, `${creditsOf(spent)} credits are spent`, `${creditsOf(next)} more`);
	}
	if (usd !== undefined && total('microUsd') > Math.floor(usd * 1_000_000)) {
		return tooMuch(budget, `$${usdOf(spent) ?? 0} are spent`, `up to $${usdOf(next) ?? 0} more`);
	}
	return null;
}

const tooMuch = (budget: Budget, spent: string, next: string) =>
	`${nameOf(budget)} is used up: ${spent}, and the call costs ${next}`;

function nameOf({ per, provider, credits, usd }: Budget): string {
	const limits = [
		...(credits === undefined ? [] : [`${credits} credits`]),
		...(usd === undefined ? [] : [`$${usd}`]),
	];
	return `The budget of ${limits.join(' and ')} a ${per}${provider ? ` for ${provider}` : ''}`;
}
