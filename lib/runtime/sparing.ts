/** Lets one line of a kind through per `everyMs`, and says how many were held back since the last one. */
export function sparing({
	now,
	everyMs,
}: {
	readonly now: () => number;
	readonly everyMs: number;
}) {
	const kinds = new Map<string, { readonly until: number; held: number }>();
	return (kind: string, write: (held: number) => void) => {
		const last = kinds.get(kind);
		if (last && last.until > now()) {
			last.held += 1;
			return;
		}
		kinds.set(kind, { until: now() + everyMs, held: 0 });
		write(last?.held ?? 0);
	};
}
