import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Mirror } from './circuit-mirror';
import { takeTurn } from './circuit-probe';
import { admission, closed, opened, shouldOpen } from './circuit-state';
import type { Budget, Policy } from './wrap';

/**
 * Stops calling a vendor that keeps failing (`CIRCUIT_OPEN` with `retryAfterMs`), and lets one call at
 * a time, of all workers, try whether it is well again. Only the vendor's own failures count: no
 * answer, no time, a 5xx. A refusal of what we sent is an answer.
 * cockatiel and opossum break circuits well, but per process: here eight workers find a failing
 * vendor together, and one of them probes.
 */
export function circuit<Question extends Budget, Answer>(
	vendor: string,
	mirror: Mirror,
): Policy<Question, Answer> {
	return (next) => async (question) => {
		await mirror.refresh();
		const said = admission(mirror.state(), mirror.now());
		if (said === 'wait') throw paused(vendor, mirror);
		if (said === 'probe') return await probe(vendor, mirror, () => next(question));
		try {
			const answer = await next(question);
			mirror.count('ok');
			return answer;
		} catch (error) {
			await record(mirror, error);
			throw error;
		}
	};
}

/** Whether it was the vendor's fault; undefined where the end of a call says nothing about the vendor. */
function vendorFailed(error: unknown): boolean | undefined {
	if (!isPipelineError(error)) return undefined;
	if (error.code === 'UPSTREAM_UNAVAILABLE' || error.code === 'TIMEOUT') return true;
	return error.details.status === undefined || error.code === 'RATE_LIMITED' ? undefined : false;
}

async function record(mirror: Mirror, error: unknown) {
	const failed = vendorFailed(error);
	if (failed === undefined) return;
	mirror.count(failed ? 'failed' : 'ok');
	const state = mirror.state();
	const tally = mirror.tally();
	if (state.openings > 0 || !shouldOpen(mirror.policy, tally)) return;
	await mirror.change(opened(mirror.policy, state, { now: mirror.now(), tally }));
}

async function probe<Answer>(vendor: string, mirror: Mirror, call: () => Promise<Answer>) {
	const turn = await takeTurn(mirror);
	if (!turn) throw paused(vendor, mirror);
	try {
		const answer = await call();
		await mirror.change(closed(mirror.now()));
		return answer;
	} catch (error) {
		await judge(mirror, vendorFailed(error));
		throw error;
	} finally {
		await turn.end();
	}
}

async function judge(mirror: Mirror, failed: boolean | undefined) {
	const now = mirror.now();
	const state = mirror.state();
	if (failed) await mirror.change(opened(mirror.policy, state, { now, tally: state.tally }));
	if (failed === false) await mirror.change(closed(now));
}

/** While a probe is out nobody knows when it ends: a second is a fair guess. Ms. */
const PROBING_MS = 1_000;

function paused(vendor: string, mirror: Mirror) {
	const { openUntil, tally } = mirror.state();
	const retryAfterMs = Math.max(PROBING_MS, openUntil - mirror.now());
	return new PipelineError(
		'CIRCUIT_OPEN',
		`Calls to ${vendor} are paused for ${Math.ceil(retryAfterMs / 1000)} s: ${tally.failed} of the last ${tally.ok + tally.failed} failed`,
		{ vendor, retryAfterMs },
	);
}
