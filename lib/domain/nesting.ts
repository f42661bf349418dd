/** Whether anything lies deeper than so many levels of lists and records; asked without recursion. */
export function isDeeperThan(levels: number, value: unknown): boolean {
	let level: readonly unknown[] = [value];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > levels) return true;
		level = level.flatMap((one): readonly unknown[] =>
			typeof one === 'object' && one !== null ? Object.values(one) : [],
		);
	}
	return false;
}
