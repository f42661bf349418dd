interface Entry<T> {
	readonly value: Promise<T>;
	readonly at: number;
}

const MOST_ENTRIES = 100;

/** Values that change seldom, kept in this process. What fails is not kept. */
export function remember<T>(now: () => number = Date.now) {
	const entries = new Map<string, Entry<T>>();
	return {
		/** The value under `key` when it is younger than `maxAgeMs`, otherwise what `load` gives. */
		async get(key: string, maxAgeMs: number, load: () => Promise<T>): Promise<T> {
			const known = entries.get(key);
			if (known && now() - known.at < maxAgeMs) return await known.value;
			if (entries.size >= MOST_ENTRIES) entries.clear();
			const entry = { value: load(), at: now() };
			entries.set(key, entry);
			return await entry.value.catch((error: Error) => {
				if (entries.get(key) === entry) entries.delete(key);
				throw error;
			});
		},
	};
}
