/** Time that passes only when somebody sleeps. */
export function fakeClock(start = Date.UTC(2026, 10, 23, 12)) {
	let at = start;
	const waited: number[] = [];
	return {
		start,
		waited,
		now: () => at,
		pass: (ms: number) => void (at += ms),
		sleep: async (ms: number, signal?: AbortSignal) => {
			signal?.throwIfAborted();
			waited.push(ms);
			at += ms;
		},
	};
}

/** A promise that somebody else ends. */
export function pending<Value>() {
	let resolve: (value: Value) => void = () => undefined;
	let reject: (error: unknown) => void = () => undefined;
	const promise = new Promise<Value>((done, failed) => {
		resolve = done;
		reject = failed;
	});
	return { promise, resolve, reject };
}
