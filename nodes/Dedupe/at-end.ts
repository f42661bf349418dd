import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../lib/domain/form';
import { processHeart, SILENCE_MS, type Beat } from '../../lib/runtime/policies/heartbeat';
import type { Held, Store } from '../../lib/runtime/store/port';

/**
 * Runs when the execution has succeeded, failed or been stopped, possibly twice; not while it waits, and
 * not when the process dies. `failed` is undefined where this n8n does not tell.
 */
export function whenExecutionEnds(
	node: IExecuteFunctions,
	work: (failed: boolean | undefined) => Promise<void>,
) {
	node.onExecutionFinish?.(async () => await work(hasFailed(node)));
}

/** The context holds the data that n8n has just written the error of the run to; its type does not say so. */
function hasFailed(node: IExecuteFunctions): boolean | undefined {
	if (node.getExecutionCancelSignal()?.aborted) return true;
	const data = 'runExecutionData' in node ? node.runExecutionData : undefined;
	const result = isRecord(data) ? data['resultData'] : undefined;
	return isRecord(result) ? Boolean(result['error']) : undefined;
}

/** Keeps a lease alive while this process lives and the execution lasts, but not longer than `until`. */
export function keepAlive(node: IExecuteFunctions, beat: Beat) {
	const stop = processHeart.keep(beat);
	whenExecutionEnds(node, async () => stop());
}

/** The claims of one batch, renewed in one round trip. */
export function claimsBeat(store: Store, claims: readonly Held[], until: number): Beat {
	let held = claims;
	return {
		until,
		async renew() {
			const leaseUntil = Math.min(until, Date.now() + SILENCE_MS);
			const kept = await store.renew(held.map((claim) => ({ ...claim, leaseUntil })));
			held = held.filter((_, index) => kept[index]);
			return held.length > 0;
		},
	};
}
