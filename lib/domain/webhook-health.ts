import type { RefusalReason } from './signature/refusals';

/** What came in from one source during a stretch of time. Times are epoch ms. */
export interface DeliveryTotals {
	readonly source: string;
	readonly accepted: number;
	readonly challenges: number;
	readonly refused: number;
	readonly refusedBy: Readonly<Partial<Record<RefusalReason, number>>>;
	/** Accepted with another secret than the current one. */
	readonly acceptedWithOlderSecret: number;
	/** From event to arrival, where the sender says when it happened. */
	readonly lag: LagTotals;
	readonly lastAcceptedAt?: number;
	readonly lastRefusedAt?: number;
	readonly lastOlderSecretAt?: number;
}

export interface LagTotals {
	readonly upTo1s: number;
	readonly upTo3s: number;
	readonly upTo10s: number;
	readonly more: number;
	readonly maxMs?: number;
}

/** A limit of 0 is not looked at. */
export interface HealthLimits {
	/** Percent of all deliveries. */
	readonly refusedPercent: number;
	/** Below so many deliveries a share says nothing. */
	readonly leastDeliveries: number;
	readonly silentHours: number;
	/** Percent of the deliveries with a known time that may take longer than 3 s. */
	readonly latePercent: number;
}

export interface Finding {
	readonly code: 'REFUSALS' | 'SILENT' | 'OLDER_SECRET' | 'LATE';
	/** What is wrong and what to do, in plain words. */
	readonly message: string;
	/** False: something to finish, but nothing is lost meanwhile. */
	readonly unhealthy: boolean;
}

export interface Health {
	readonly healthy: boolean;
	readonly findings: readonly Finding[];
}

const HOUR_MS = 3_600_000;

export function healthOf(totals: DeliveryTotals, limits: HealthLimits, now: number): Health {
	const findings = [
		refusals(totals, limits),
		silence(totals, limits, now),
		olderSecret(totals),
		lateness(totals, limits),
	].filter((finding) => finding !== null);
	return { healthy: findings.every(({ unhealthy }) => !unhealthy), findings };
}

function refusals(
	{ accepted, challenges, refused, refusedBy }: DeliveryTotals,
	{ refusedPercent, leastDeliveries }: HealthLimits,
): Finding | null {
	const all = accepted + challenges + refused;
	const percent = percentOf(refused, all);
	if (refusedPercent <= 0 || all < leastDeliveries || percent <= refusedPercent) return null;
	const [reason] = Object.entries(refusedBy).sort(([, left], [, right]) => right - left)[0] ?? [];
	const mostly = reason ? `, mostly ${reason}` : '';
	const advice =
		reason === 'MISMATCH'
			? ' Compare the secret in the credential with the one at the sender'
			: reason === 'TOO_OLD' || reason === 'TOO_NEW'
				? ' Compare the clock of this server with the time of the sender'
				: ' Look at the rejected executions or the log';
	return {
		code: 'REFUSALS',
		unhealthy: true,
		message: `${refused} of ${all} deliveries (${percent} %) were refused${mostly}.${advice}`,
	};
}

function silence(
	{ lastAcceptedAt }: DeliveryTotals,
	{ silentHours }: HealthLimits,
	now: number,
): Finding | null {
	if (silentHours <= 0) return null;
	if (lastAcceptedAt !== undefined && now - lastAcceptedAt <= silentHours * HOUR_MS) return null;
	const since =
		lastAcceptedAt === undefined
			? 'Nothing was ever accepted'
			: `Nothing was accepted since ${iso(lastAcceptedAt)}, longer than ${silentHours} h`;
	return {
		code: 'SILENT',
		unhealthy: true,
		message: `${since}. Check that the subscription at the sender exists and is enabled`,
	};
}

function olderSecret({
	acceptedWithOlderSecret: count,
	lastOlderSecretAt,
}: DeliveryTotals): Finding | null {
	if (count === 0) return null;
	const last = lastOlderSecretAt === undefined ? '' : `, last at ${iso(lastOlderSecretAt)}`;
	return {
		code: 'OLDER_SECRET',
		unhealthy: false,
		message: `${count} deliveries were signed with an older secret${last}: the rotation is not finished. Keep it in the credential until this stops`,
	};
}

function lateness({ lag }: DeliveryTotals, { latePercent, leastDeliveries }: HealthLimits) {
	const late = lag.upTo10s + lag.more;
	const all = late + lag.upTo1s + lag.upTo3s;
	const percent = percentOf(late, all);
	if (latePercent <= 0 || all < leastDeliveries || percent <= latePercent) return null;
	const worst = lag.maxMs === undefined ? '' : `, up to ${Math.round(lag.maxMs / 1000)} s`;
	return {
		code: 'LATE',
		unhealthy: true,
		message: `${late} of ${all} deliveries (${percent} %) arrived more than 3 s after the event${worst}. The sender queues or repeats them, or a clock is wrong`,
	} satisfies Finding;
}

const percentOf = (part: number, all: number) =>
	all === 0 ? 0 : Math.round((part / all) * 1000) / 10;

const iso = (ms: number) => new Date(ms).toISOString();
