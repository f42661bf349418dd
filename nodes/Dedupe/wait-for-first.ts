import type { IExecuteFunctions } from 'n8n-workflow';
import { poll } from '../../lib/runtime/policies/poll';
import type { Claim, ClaimRequest, Store } from '../../lib/runtime/store/port';
import type { Asked } from './claim';

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
): Promise<readonly Claim[]> {
	const seconds = node.getNodeParameter('options.waitSeconds', 0, 0) as number;
	if (seconds <= 0) return first;
	const us = node.getExecutionId();
	const isWaiting = (answer: Claim | undefined) =>
		answer?.state === 'in-progress' && answer.holder !== us;
	if (!first.some(isWaiting)) return first;

	const started = Date.now();
	const answers = [...first];
	let again = false;
	const look = async () => {
		const open = [...asked.entries()].filter(([index]) => isWaiting(answers[index]));
		const late = again ? Date.now() - started : 0;
		const claims = again ? await store.claim(open.map(([, one]) => later(one, late))) : [];
		claims.forEach((answer, position) => {
			const index = open[position]?.[0];
			if (index !== undefined) answers[index] = answer;
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
	return answers;
}

/** The same request, some time later. */
function later({ request }: Asked, ms: number): ClaimRequest {
	const { leaseUntil, expiresAt } = request;
	return { ...request, leaseUntil: leaseUntil + ms, expiresAt: expiresAt + ms };
}
