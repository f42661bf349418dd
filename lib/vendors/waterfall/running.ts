import type { FieldPath } from '../../domain/enrichment-fields';
import type { StartedJob } from '../enrichment/port';
import type { After } from './order';
import type { Placed } from './sequence';
import { firstOf } from './timer';

/** A step that has not ended. */
export interface Running {
	readonly placed: Placed;
	readonly need: readonly FieldPath[];
	/** Epoch ms. */
	readonly startedAt: number;
	/** Of a provider that answers later. */
	readonly job: () => StartedJob | undefined;
}

export interface RunningSteps {
	readonly all: () => readonly Running[];
	start(step: Running, work: Promise<void>): void;
	/** Waits for one of them to end or for `until` (epoch ms). False: there is nothing to wait for. Throws what was thrown as a defect. */
	wait(until: number): Promise<boolean>;
	/** When the next one may be started beside the youngest; at once where none is running. Epoch ms. */
	hedgeAt(): number;
}

export interface RunningOptions {
	readonly now: () => number;
	readonly after: After;
	readonly hedgeAfterMs: number | undefined;
	/** Nobody waits any longer. */
	readonly isOver: () => boolean;
	/** Epoch ms after which nobody waits. */
	readonly leaveAt: number;
}

/** The steps under way: mostly one, more where a slow one is hedged. */
export function runningSteps(options: RunningOptions): RunningSteps {
	const { now, after, hedgeAfterMs = Infinity, isOver, leaveAt } = options;
	const running = new Map<Running, Promise<void>>();
	let defect: { readonly thrown: unknown } | undefined;

	return {
		all: () => [...running.keys()],
		start(step, work) {
			const end = () => void running.delete(step);
			// A defect of a step that nobody waits for any more is nobody's to hear.
			const failed = (thrown: unknown) => void (defect = { thrown });
			running.set(step, work.catch(failed).then(end));
		},
		async wait(until) {
			if (running.size === 0 || isOver() || now() >= until) return false;
			await firstOf([...running.values()], Math.min(until, leaveAt) - now(), after);
			if (defect) throw defect.thrown;
			return true;
		},
		hedgeAt() {
			const youngest = [...running.keys()].at(-1);
			if (!youngest) return -Infinity;
			return youngest.startedAt + (youngest.placed.step.hedgeAfterMs ?? hedgeAfterMs);
		},
	};
}
