import type { IExecuteFunctions } from 'n8n-workflow';
import { poll } from '../../lib/runtime/policies/poll';
import type { Claim, Store } from '../../lib/runtime/store/port';
import type { Answered, Asked } from './claim';

interface Claimed {
	readonly asked: readonly Asked[];
	readonly first: readonly Claim[];
}

/**
 * Claims again what others are working on, until they are done, or have died and it is ours, or the time
 * that the node may wait is up: all of a batch in one round trip. What this execution holds itself is
 * not waited for: it cannot end before we do. What it got at once is held on to meanwhile.
 */
export async function waitForFirst(
	node: IExecuteFunctions,
	store: Store,
	{ asked, first }: Claimed,
): Promise<Answered> {
	const seconds = node.getNodeParameter('options.waitSeconds', 0, 0) as number;
	const us = node.getExecutionId();
	const isWaiting = (answer: Claim | undefined) =>
		answer?.state === 'in-progress' && answer.holder !== us;
	if (seconds <= 0 || !first.some(isWaiting)) return { asked, answers: first };

	const started = Date.now();
	const batch: Batch = { store, started, asked, answers: [...first], latest: [...asked] };
	let again = false;
	const look = async () => {
		await hold(batch, isHalfOver);
		if (again) await askAgain(batch, isWaiting);
		again = true;
		return batch.answers.some(isWaiting) ? undefined : true;
	};
	const signal = node.getExecutionCancelSignal();
	await poll(look, { until: started + seconds * 1000, signal })
		.then(async () => await hold(batch, () => true))
		.catch((error: Error) =>
			// What is claimed is claimed: the others are still in progress, as far as we know.
			node.logger.warn(`${node.getNode().name}: the wait ended early: ${error.message}`),
		);
	return { asked: batch.latest, answers: batch.answers };
}

/** A batch while it waits: what it first asked, what it asked last, and what it was told. */
interface Batch {
	readonly store: Store;
	readonly started: number;
	readonly asked: readonly Asked[];
	readonly answers: Claim[];
	readonly latest: Asked[];
}

type Held = Extract<Claim, { state: 'new' }>;
type IsDue = (answer: Held, asked: Asked, batch: Batch) => boolean;

const isHalfOver: IsDue = ({ leaseUntil }, { request }, { started }) =>
	leaseUntil - Date.now() < (request.leaseUntil - started) / 2;

/** Puts off the ends of what we hold, as if it had been claimed only now. */
async function hold(batch: Batch, isDue: IsDue) {
	const { store, started, asked, answers, latest } = batch;
	const late = Date.now() - started;
	const mine = [...asked.entries()].flatMap(([index, one]) => {
		const answer = answers[index];
		if (answer?.state !== 'new' || !isDue(answer, one, batch)) return [];
		return [{ index, answer, one: later(one, late) }];
	});
	const kept = await store.renew(
		mine.map(({ answer: { token }, one: { request } }) => ({ ...request, token })),
	);
	mine.forEach(({ index, answer, one }, position) => {
		const { leaseUntil } = one.request;
		latest[index] = one;
		answers[index] = kept[position] ? { ...answer, leaseUntil } : lostAt(started);
	});
}

/** Who has it now is found out by asking again. */
const lostAt = (claimedAt: number): Claim => ({
	state: 'in-progress',
	claimedAt,
	leaseUntil: claimedAt,
	holder: undefined,
});

async function askAgain(
	{ store, started, asked, answers, latest }: Batch,
	isWaiting: (answer: Claim | undefined) => boolean,
) {
	const late = Date.now() - started;
	const asking = [...asked.entries()]
		.filter(([index]) => isWaiting(answers[index]))
		.map(([index, one]) => [index, later(one, late)] as const);
	const claims = await store.claim(asking.map(([, { request }]) => request));
	asking.forEach(([index, one], position) => {
		const answer = claims[position];
		if (answer) [answers[index], latest[index]] = [answer, one];
	});
}

/** The same, asked some time later: what is claimed only now is held and remembered from now on. */
function later(asked: Asked, ms: number): Asked {
	const { leaseUntil, expiresAt } = asked.request;
	const request = { ...asked.request, leaseUntil: leaseUntil + ms, expiresAt: expiresAt + ms };
	return { ...asked, request, holdUntil: asked.holdUntil + ms };
}
