/** Waits `ms`; rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const sleep: Sleep = async (ms, signal) => {
	signal?.throwIfAborted();
	await new Promise<void>((done, failed) => {
		const stop = () => {
			clearTimeout(timer);
			failed(signal?.reason);
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', stop);
			done();
		}, ms);
		signal?.addEventListener('abort', stop, { once: true });
	});
};
