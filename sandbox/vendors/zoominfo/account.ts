/** Records that were bought, which both APIs share: those under management are free for a year. */
export interface Account {
	/** False: there is no credit left for it. */
	buy(record: string): boolean;
	readonly credits: number;
	readonly owned: number;
	drain(): void;
	reset(): void;
}

const CREDITS = 1_000;

export function openAccount(): Account {
	let credits = CREDITS;
	let owned = new Set<string>();
	return {
		buy(record) {
			if (owned.has(record)) return true;
			if (credits < 1) return false;
			credits -= 1;
			owned.add(record);
			return true;
		},
		get credits() {
			return credits;
		},
		get owned() {
			return owned.size;
		},
		drain() {
			credits = 0;
		},
		reset() {
			credits = CREDITS;
			owned = new Set();
		},
	};
}
