import { PipelineError } from './errors';
import { ownerBy, type Owner } from './owner';
import type { Plan } from './route';
import { addWorkingTime, localTime } from './working-hours';

export interface Candidate {
	/** Email. */
	readonly owner: string;
	readonly chosen: boolean;
	readonly reason: string;
}

export interface Assignment {
	readonly outcome: 'assigned' | 'fallback';
	readonly pool?: string;
	readonly owner: Owner;
	readonly reason: string;
	/** The number drawn from the pool's counter, from 1. */
	readonly turn?: number;
	/** Every member of the pool, and why each one won or lost. */
	readonly candidates: readonly Candidate[];
}

/** The plan carried out. `turn` is the number that the pool's counter gave, from 1; each number is given once. */
export function assign(planned: Plan, turn: number): Assignment {
	if (planned.kind === 'keep') return keep(planned.owner, planned.others);
	if (planned.kind === 'fallback') return toFallback(planned);
	const eligible = planned.members.filter(({ rejected }) => rejected === undefined);
	const winner = eligible[(turn - 1) % eligible.length]?.owner;
	if (!winner) throw new PipelineError('INTERNAL', `Turn ${turn} of '${planned.pool}' met nobody`);
	return {
		outcome: 'assigned',
		pool: planned.pool,
		owner: winner,
		turn,
		reason: `${planned.pool}, turn ${turn}, ${eligible.length} in rotation`,
		candidates: planned.members.map(({ owner, rejected }) => ({
			owner: owner.email,
			chosen: owner === winner,
			reason:
				owner === winner
					? `turn ${turn} of '${planned.pool}'`
					: (rejected ?? `turn ${turn} went to ${winner.name}`),
		})),
	};
}

/** When the owner has to have answered: `minutes` of the owner's working time from `now`, or from the return. */
export function answerBy(owner: Owner, minutes: number, now: number) {
	const { timezone } = owner.hours;
	const dueAt = addWorkingTime(Math.max(now, owner.awayUntil ?? now), minutes, owner.hours);
	return {
		minutes,
		dueAt: new Date(dueAt).toISOString(),
		dueAtLocal: localTime(dueAt, timezone),
		timezone,
	};
}

/** `Grace Hopper (EMEA, turn 3, 2 in rotation; Ada Lovelace is off until Mon 09:00)`. */
export function noteOf({ owner, reason, candidates, turn }: Assignment, owners: readonly Owner[]) {
	const nameOf = (email: string) => ownerBy(owners, email)?.name ?? email;
	const lost = candidates
		.filter((one) => !one.chosen && turn !== undefined && !one.reason.startsWith('turn '))
		.map((one) => `${nameOf(one.owner)} is ${one.reason}`);
	return `${owner.name} (${[reason, ...lost].join('; ')})`;
}

const keep = (owner: Owner, others: readonly Owner[]): Assignment => ({
	outcome: 'assigned',
	owner,
	reason: `${owner.name} owns the lead already`,
	candidates: [
		{ owner: owner.email, chosen: true, reason: 'owns the lead already' },
		...others.map(({ email }) => ({
			owner: email,
			chosen: false,
			reason: `${owner.name} owns the lead already`,
		})),
	],
});

function toFallback({
	owner,
	pool,
	members,
	reason,
}: Extract<Plan, { kind: 'fallback' }>): Assignment {
	const lost = members.map(({ owner: member, rejected }) => ({
		owner: member.email,
		chosen: member === owner,
		reason: member === owner ? `fallback owner, though ${rejected}` : (rejected ?? reason),
	}));
	const chosen = { owner: owner.email, chosen: true, reason: `fallback owner: ${reason}` };
	return {
		outcome: 'fallback',
		...(pool !== undefined && { pool }),
		owner,
		reason,
		candidates: lost.some((one) => one.chosen) ? lost : [...lost, chosen],
	};
}
