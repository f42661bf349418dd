import { z } from 'zod';
import { aheadOf, join, leave, living, NOBODY, type Turns } from '../../domain/turns';
import type { Store } from './port';

/** One entity's line, shared by all who use the store: one at a time, in the order of coming. */
export interface Line {
	/** Gets in line or stays there, alive until `until`: how many are ahead, 0 for the turn. */
	join(until: number): Promise<Joined>;
	/** As `join`, for who is in line; undefined: was taken for dead, and somebody else may have the turn. */
	stay(until: number): Promise<Standing | undefined>;
	/** A look without a change; undefined: not in line, or taken for dead. */
	look(): Promise<Standing | undefined>;
	/** False: was no longer in line. */
	leave(): Promise<boolean>;
}

export interface Standing {
	readonly ahead: number;
	/** Greater in every later turn of the entity. */
	readonly number: number;
}

export interface Joined extends Standing {
	/** Whether it was in line already. */
	readonly again: boolean;
}

export interface Place {
	readonly key: string;
	/** Who stands in line. */
	readonly id: string;
	/** The person it is of; kept in the line for those who do not know. */
	readonly subject?: string | undefined;
}

const KEPT_MS = 86_400_000;

/** Each change is one `compareAndSet`: who loses it has seen another's change, and looks again. */
export function lineFor(store: Store, place: Place, now: () => number): Line {
	const { key, id, subject } = place;

	const read = async () => {
		const [kept] = await store.get([key]);
		const known = kept === undefined ? undefined : Kept.parse(JSON.parse(kept));
		return { kept, turns: known ?? NOBODY, whose: subject ?? known?.subject };
	};

	const change = async (next: (turns: Turns) => Turns | undefined): Promise<Turns | undefined> => {
		for (;;) {
			const { kept, turns, whose } = await read();
			const changed = next(turns);
			if (changed === undefined) return undefined;
			const last = Math.max(now(), ...changed.tickets.map(({ until }) => until));
			const value = JSON.stringify({ ...changed, subject: whose });
			const entry = { key, value, expiresAt: last + KEPT_MS };
			if (await store.compareAndSet(kept, { ...entry, ...(whose && { subject: whose }) })) {
				return changed;
			}
		}
	};

	const standingIn = (turns: Turns): Standing => {
		const ahead = turns.tickets.findIndex((ticket) => ticket.id === id);
		return { ahead, number: turns.tickets[ahead]?.number ?? 0 };
	};
	const isIn = (turns: Turns) => aheadOf(turns, id, now()) !== undefined;

	return {
		async join(until) {
			let again = false;
			const turns = await change((kept) => {
				again = isIn(kept);
				return join(kept, { id, until }, now());
			});
			return { ...standingIn(turns ?? NOBODY), again };
		},
		async stay(until) {
			const turns = await change((kept) =>
				isIn(kept) ? join(kept, { id, until }, now()) : undefined,
			);
			return turns && standingIn(turns);
		},
		async look() {
			const { turns } = await read();
			return isIn(turns) ? standingIn(living(turns, now())) : undefined;
		},
		async leave() {
			const left = await change((turns) => (isIn(turns) ? leave(turns, id, now()) : undefined));
			return left !== undefined;
		},
	};
}

const Kept = z.object({
	tickets: z.array(z.object({ id: z.string(), number: z.number(), until: z.number() })),
	next: z.number(),
	subject: z.string().optional(),
});
