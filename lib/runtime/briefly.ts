/** More than a process has nodes that are called at once. */
const MAX_KEYS = 1000;

/** Keeps what was made for `keepMs`, for callers that come in a flood; failures are not kept. */
export function briefly<Value>({
	now,
	keepMs,
}: {
	readonly now: () => number;
	readonly keepMs: number;
}) {
	const kept = new Map<string, { readonly until: number; readonly value: Promise<Value> }>();
	return (key: string, make: () => Promise<Value>): Promise<Value> => {
		const known = kept.get(key);
		if (known && known.until > now()) return known.value;
		const value = make();
		if (kept.size >= MAX_KEYS) kept.clear();
		kept.set(key, { until: now() + keepMs, value });
		value.catch(() => {
			if (kept.get(key)?.value === value) kept.delete(key);
		});
		return value;
	};
}
