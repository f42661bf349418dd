import { z } from 'zod';
import { PipelineError } from '../../lib/domain/errors';
import type { RefusalReason } from '../../lib/domain/signature/refusals';
import { addressList, sourceOf } from '../../lib/runtime/address-list';
import { openWork, queueLength } from '../../lib/runtime/backlog';
import { declaredBytes } from '../../lib/runtime/read-body';
import { sourceLimit } from '../../lib/runtime/source-limit';
import { openCountStore, openRedis } from '../shared/store';
import type { Desk } from '../shared/webhook/context';
import type { Call } from './call';

const atLeast = (minimum: number, otherwise: number) =>
	z.coerce.number().min(minimum).default(otherwise);

/** What the panel says; 0 is no limit. */
const Guards = z.object({
	allowedSources: z.string().trim().default(''),
	maxBodyKb: atLeast(1, 1024),
	perMinute: atLeast(0, 3000),
	maxOpen: atLeast(0, 0),
	maxQueue: atLeast(0, 0),
});

export interface TurnedAway {
	readonly reason: RefusalReason;
	readonly retryAfterMs?: number;
}

/** A backlog of this size is not gone in a moment, and senders come again on their own. */
const BACKLOG_RETRY_MS = 30_000;

const limits = sourceLimit({ now: Date.now });
const open = openWork();
const queue = queueLength(Date.now);

/** Throws `CONFIG_INVALID`. */
export function readGuards({ read }: Desk) {
	const parsed = Guards.safeParse(read('guards', {}));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new PipelineError(
			'CONFIG_INVALID',
			`Guards, '${String(issue?.path[0])}': ${issue?.message ?? 'not valid'}`,
		);
	}
	const { allowedSources, maxBodyKb, ...rest } = parsed.data;
	return {
		...rest,
		limitBytes: maxBodyKb * 1024,
		...(allowedSources && { allowed: addressList(allowedSources) }),
	};
}

/** The cheapest question first; none of them looks at the body. Null: come in. */
export async function turnAway(
	call: Call,
	guards: ReturnType<typeof readGuards>,
): Promise<TurnedAway | null> {
	if (guards.allowed?.has(call.address) === false) return { reason: 'SOURCE_NOT_ALLOWED' };
	if (declaredBytes(call.request) > guards.limitBytes) return { reason: 'TOO_LARGE' };
	const slower = guards.perMinute > 0 && (await tooFast(call, guards.perMinute));
	if (slower) return slower;
	if (isFull(call, guards)) return OVERLOADED;
	return guards.maxQueue > 0 && (await queueIsLonger(call, guards.maxQueue)) ? OVERLOADED : null;
}

/**
 * Takes one of the places for open deliveries until the answer is sent or the caller is gone; false when
 * there is none. Only for what is proven: else a few slow forgeries would keep every sender out.
 */
export function takePlace(call: Call, guards: ReturnType<typeof readGuards>): boolean {
	if (isFull(call, guards)) return false;
	const { response, nodeKey } = call;
	if (!response.closed) response.once('close', open.begin(nodeKey));
	return true;
}

const isFull = ({ nodeKey }: Call, { maxOpen }: ReturnType<typeof readGuards>) =>
	maxOpen > 0 && open.count(nodeKey) >= maxOpen;

export const OVERLOADED: TurnedAway = { reason: 'OVERLOADED', retryAfterMs: BACKLOG_RETRY_MS };

async function tooFast(call: Call, perMinute: number): Promise<TurnedAway | null> {
	const store = await openCountStore(call.node);
	const key = `deliveries:limit:v1:${call.nodeKey}:${sourceOf(call.address)}`;
	const limit = { kind: 'window', capacity: perMinute, windowMs: 60_000 } as const;
	const { allowed, retryAfterMs } = await limits.take(store, key, limit);
	return allowed ? null : { reason: 'TOO_MANY', retryAfterMs };
}

/** A queue that cannot be read turns nobody away: refusing every lead would be worse than a long queue. */
async function queueIsLonger({ node }: Call, most: number): Promise<boolean> {
	const redis = await openRedis(node);
	try {
		return (await queue.read(redis, queueKey(process.env))) > most;
	} catch (error) {
		const { message } = error instanceof Error ? error : new Error(String(error));
		node.logger.warn(`${node.getNode().name}: the queue of n8n was not read: ${message}`);
		return false;
	}
}

/** Where Bull keeps the jobs that wait; n8n puts braces around the prefix in a Redis cluster. */
export function queueKey(environment: Readonly<Record<string, string | undefined>>): string {
	const { QUEUE_BULL_PREFIX: prefix = 'bull', QUEUE_BULL_REDIS_CLUSTER_NODES: nodes } = environment;
	const bare = prefix.replace(/^\{/, '').replace(/\}$/, '');
	return nodes ? `{${bare}}:jobs:wait` : `${prefix}:jobs:wait`;
}
