/** So many places, given in the order of asking. Who is not waiting any more (`signal`) loses the turn, not the place. */
export function slots(places: number) {
	let free = places;
	const queue = new Set<() => void>();

	return {
		/** Rejects with the signal's reason. */
		async take(signal?: AbortSignal): Promise<void> {
			signal?.throwIfAborted();
			if (free > 0) {
				free -= 1;
				return;
			}
			await new Promise<void>((done, failed) => {
				const leave = () => {
					queue.delete(turn);
					failed(signal?.reason);
				};
				const turn = () => {
					signal?.removeEventListener('abort', leave);
					done();
				};
				queue.add(turn);
				signal?.addEventListener('abort', leave, { once: true });
			});
		},
		/** The place passes straight to the next in the queue. */
		give() {
			const [next] = queue;
			if (!next) {
				free += 1;
				return;
			}
			queue.delete(next);
			next();
		},
	};
}
