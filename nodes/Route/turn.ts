import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Assignment } from '../../lib/domain/assignment';
import { PipelineError } from '../../lib/domain/errors';
import { ownerBy, type Owner } from '../../lib/domain/owner';
import type { Claim, Store } from '../../lib/runtime/store/port';

/** What is kept of a lead's assignment, so that a repeat gets the same owner and takes no turn. */
const Remembered = z.object({
	owner: z.string(),
	pool: z.string(),
	turn: z.number(),
	reason: z.string(),
	candidates: z.array(z.object({ owner: z.string(), chosen: z.boolean(), reason: z.string() })),
	/** The source event; the same event again keeps its deadline. */
	event: z.string(),
	assignedAt: z.number(),
});

export interface Memory {
	readonly store: Store;
	/** `route:v1:<workflow>:<node>`. */
	readonly scope: string;
	/** Who the lead is; empty when nothing identifies it, and then nothing is remembered. */
	readonly leadKey: string;
	readonly subject?: string | undefined;
	readonly event: string;
	readonly rememberMs: number;
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
}

export interface Settled {
	readonly assignment: Assignment;
	/** Epoch ms. */
	readonly assignedAt: number;
	readonly repeated: boolean;
}

const LEASE_MS = 10_000;
const POLL_MS = 250;

/**
 * The lead's owner: the remembered one, or whom `draw` gives. Of two executions with the same lead one
 * draws and the other waits for its answer. A fallback is not remembered: it took no turn, and
 * a corrected pool may do better next time.
 */
export async function settle(
	memory: Memory,
	owners: readonly Owner[],
	draw: () => Promise<Assignment>,
): Promise<Settled> {
	const { leadKey, scope, now } = memory;
	if (!leadKey) return { assignment: await draw(), assignedAt: now(), repeated: false };
	let key = `${scope}:lead:${digest(leadKey)}`;
	const giveUpAt = now() + 2 * LEASE_MS;
	while (now() < giveUpAt) {
		const claim = await claimLead(memory, key);
		if (claim.state === 'new') {
			const settled = await drawAndKeep(memory, { key, token: claim.token }, draw);
			if (settled) return settled;
		} else if (claim.state === 'done') {
			const remembered = Remembered.parse(JSON.parse(claim.result ?? 'null'));
			const owner = ownerBy(owners, remembered.owner);
			if (owner?.active) return recall(memory, remembered, owner);
			// The owner has left since: the next link of the chain is again claimed by one execution only.
			key = `${key}:after:${digest(remembered.owner)}`;
		} else await memory.sleep(POLL_MS);
	}
	throw new PipelineError('TIMEOUT', 'Another execution has been routing the same lead for 20 s');
}

/** A number that no other execution gets, from 1. */
export const nextTurn = async (store: Store, workflow: string, pool: string, now: number) =>
	await store.increment(`route:v1:${workflow}:${pool}`, 1, now + 10 * 365 * 86_400_000);

async function claimLead({ store, now, rememberMs, subject }: Memory, key: string): Promise<Claim> {
	const [claim] = await store.claim([
		{
			key,
			leaseUntil: now() + LEASE_MS,
			expiresAt: now() + Math.max(rememberMs, LEASE_MS),
			...(subject && { subject }),
		},
	]);
	if (!claim) throw new PipelineError('INTERNAL', 'The store gave no answer to a claim');
	return claim;
}

/** Undefined when the lease was lost on the way: then the answer of whoever took it over counts. */
async function drawAndKeep(
	{ store, event, now, rememberMs }: Memory,
	held: { readonly key: string; readonly token: string },
	draw: () => Promise<Assignment>,
): Promise<Settled | undefined> {
	const release = async () => await store.release([held]);
	const assignment = await draw().catch(async (error: unknown) => {
		await release();
		throw error;
	});
	const assignedAt = now();
	const settled = { assignment, assignedAt, repeated: false };
	const { owner, pool, turn, reason, candidates } = assignment;
	if (turn === undefined || pool === undefined) {
		await release();
		return settled;
	}
	const kept = { owner: owner.email, pool, turn, reason, candidates, event, assignedAt };
	const expiresAt = assignedAt + rememberMs;
	const [stillHeld] = await store.complete([{ ...held, result: JSON.stringify(kept), expiresAt }]);
	return stillHeld ? settled : undefined;
}

function recall(
	{ event, now }: Memory,
	{ assignedAt, event: firstEvent, reason, ...kept }: z.infer<typeof Remembered>,
	owner: Owner,
): Settled {
	const sameEvent = event !== '' && event === firstEvent;
	return {
		assignment: { ...kept, outcome: 'assigned', owner, reason: `same lead as before: ${reason}` },
		assignedAt: sameEvent ? assignedAt : now(),
		repeated: true,
	};
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
