import { DateTime } from 'luxon';
import { PipelineError } from './errors';
import { maskValue } from './mask';
import { ownerBy, type Owner } from './owner';
import { addWorkingTime, isWorkingAt, localTime } from './working-hours';

export interface Pool {
	readonly name: string;
	/** Whether the lead meets the pool's conditions. */
	readonly matched: boolean;
	/** Owner emails; none means everybody in the list. */
	readonly members: readonly string[];
}

export interface Judged {
	readonly owner: Owner;
	/** Why the owner cannot get this lead; absent for those whose turn it can be. */
	readonly rejected?: string;
}

/** The owners of a pool, in its order. Throws `CONFIG_INVALID` naming a member who is not in the list. */
export function membersOf({ name, members }: Pool, owners: readonly Owner[]): readonly Owner[] {
	if (members.length === 0) return owners;
	const known = members.map((member) => {
		const owner = ownerBy(owners, member);
		if (owner) return owner;
		throw new PipelineError(
			'CONFIG_INVALID',
			`Pool '${name}' has the member ${maskValue(member)}, who is not among the owners. Add them`,
		);
	});
	return [...new Set(known)];
}

/**
 * Who of the members can get a lead now. With `preferWorkingNow`, those outside their hours lose to
 * those inside; when nobody is inside, all who are not away stay in.
 */
export function judge(
	members: readonly Owner[],
	{ now, preferWorkingNow }: { readonly now: number; readonly preferWorkingNow: boolean },
): Judged[] {
	const judged = members.map((owner): Judged => {
		const rejected = absence(owner, now);
		return rejected === undefined ? { owner } : { owner, rejected };
	});
	const works = ({ owner }: Judged) => isWorkingAt(now, owner.hours);
	const someoneWorks = judged.some((one) => one.rejected === undefined && works(one));
	if (!preferWorkingNow || !someoneWorks) return judged;
	return judged.map((one) =>
		one.rejected !== undefined || works(one)
			? one
			: { ...one, rejected: `off until ${nextStart(one.owner, now)}` },
	);
}

function absence({ active, awayUntil, hours }: Owner, now: number): string | undefined {
	if (!active) return 'switched off';
	if (awayUntil === undefined || awayUntil <= now) return undefined;
	return `away until ${localTime(awayUntil, hours.timezone)}`;
}

/** `Mon 09:00`, on the owner's wall: it lies within the week. */
const nextStart = ({ hours }: Owner, now: number) =>
	DateTime.fromMillis(addWorkingTime(now, 0, hours), {
		zone: hours.timezone,
		locale: 'en-US',
	}).toFormat('ccc HH:mm');
