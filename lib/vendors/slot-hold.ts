import { PipelineError } from '../domain/errors';
import { cellsOf } from '../domain/meeting';
import type { Interval } from '../domain/working-hours';
import type { Store } from '../runtime/store/port';

export interface Clerk {
	readonly store: Store;
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
	/** Whom the meeting is with, so that the claims on it are erased with everything else. */
	readonly subject?: string;
}

/** A claim that is ours for a minute: longer than all the calls of one booking may take. */
export interface Hold {
	readonly key: string;
	readonly token: string;
}

const LEASE_MS = 60_000;
/** How long a booked slot stays claimed, for those who read the calendar before it was in there. */
const SETTLING_MS = 5 * 60_000;
const POLL_MS = 500;

/** The right to book this meeting, once whoever has it lets go. Throws `TIMEOUT` after half a minute. */
export async function holdMeeting(clerk: Clerk, meetingId: string): Promise<Hold> {
	const { store, now, sleep } = clerk;
	const key = `meeting:v1:${meetingId}`;
	for (const giveUpAt = now() + LEASE_MS / 2; now() < giveUpAt; await sleep(POLL_MS)) {
		const [claim] = await store.claim([{ key, ...lease(clerk) }]);
		if (claim?.state === 'new') return { key, token: claim.token };
	}
	throw new PipelineError(
		'TIMEOUT',
		'Another execution has been booking the same meeting for 30 s',
	);
}

/** All five-minute cells of the time, or undefined when another booking has one of them. */
export async function holdTime(
	clerk: Clerk,
	calendarId: string,
	time: Interval,
): Promise<Hold[] | undefined> {
	const keys = cellsOf(time).map((cell) => `slot:v1:${calendarId.toLowerCase()}:${cell}`);
	const claims = await clerk.store.claim(keys.map((key) => ({ key, ...lease(clerk) })));
	const held = keys.flatMap((key, index) => {
		const claim = claims[index];
		return claim?.state === 'new' ? [{ key, token: claim.token }] : [];
	});
	if (held.length === keys.length) return held;
	await letGo(clerk.store, held);
	return undefined;
}

/** The meeting is in the calendar now. The lease would do when the store cannot be told. */
export const settleTime = async ({ store, now }: Clerk, held: readonly Hold[]) =>
	await store
		.complete(held.map((one) => ({ ...one, result: '', expiresAt: now() + SETTLING_MS })))
		.catch(() => []);

/** Gives back what was not used. What the store does not hear of ends with its lease. */
export const letGo = async (store: Store, held: readonly Hold[]) =>
	await store.release(held).catch(() => []);

const lease = ({ now, subject }: Clerk) => ({
	leaseUntil: now() + LEASE_MS,
	expiresAt: now() + LEASE_MS,
	...(subject && { subject }),
});
