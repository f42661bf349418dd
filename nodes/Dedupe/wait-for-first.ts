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
 * not waited for: it cannot end before we do.
 */
export async function waitForFirst(
	node: IExecuteFunctions,
	store: Store,
	{ asked, first }: Claimed,
): Promise<Answered> {
	const seconds = node.getNodeParameter('options.waitSeconds', 0, 0) as number;
	if (seconds <= 0) return { asked, answers: first };
	const us = node.getExecutionId();
	const isWaiting = (answer: Claim | undefined) =>
		answer?.state === 'in-progress' && answer.holder !== us;
	if (!first.some(isWaiting)) return { asked, answers: first };

	const started = Date.now();
	const answers = [...first];
	const latest = [...asked];
	let again = false;
	const look = async () => {
		const open = [...asked.entries()].filter(([index]) => isWaiting(answers[index]));
		const late = again ? Date.now() - started : 0;
		const asking = again ? open.map(([index, one]) => [index, later(one, late)] as const) : [];
		const claims = await store.claim(asking.map(([, { request }]) => request));
		asking.forEach(([index, one], position) => {
			const answer = claims[position];
			if (answer) [answers[index], latest[index]] = [answer, one];
		});
		again = true;
		return answers.some(isWaiting) ? undefined : true;
	};
	await poll(look, {
		until: started + seconds * 1000,
		signal: node.getExecutionCancelSignal(),
	}).catch((error: Error) =>
		// What is claimed is claimed: the others are still in progress, as far as we know.
		node.logger.warn(`${node.getNode().name}: the wait ended early: ${error.message}`),
	);
	return { asked: latest, answers };
}

/** The same, asked some time later: what is claimed only now is held and remembered from now on. */
function later(asked: Asked, ms: number): Asked {
	const { leaseUntil, expiresAt } = asked.request;
	const request = { ...asked.request, leaseUntil: leaseUntil + ms, expiresAt: expiresAt + ms };
	return { ...asked, request, holdUntil: asked.holdUntil + ms };
}
