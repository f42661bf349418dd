/** Who waits for an entity, first come first served; the first has the turn. */
export interface Turns {
	readonly tickets: readonly Ticket[];
	/** The number of the next ticket. */
	readonly next: number;
}

export interface Ticket {
	/** The same whenever the same one asks. */
	readonly id: string;
	/** Greater than that of everyone who came earlier: a fencing number for what is written in the turn. */
	readonly number: number;
	/** After this moment its owner is taken for dead, and the next one has the turn. Epoch ms. */
	readonly until: number;
}

export const NOBODY: Turns = { tickets: [], next: 1 };

/** Gets in line, or stays where it stands and lives on until `until`. */
export function join(
	turns: Turns,
	{ id, until }: { readonly id: string; readonly until: number },
	now: number,
): Turns {
	const alive = living(turns, now);
	const known = alive.tickets.some((ticket) => ticket.id === id);
	if (known) {
		const tickets = alive.tickets.map((one) => (one.id === id ? { ...one, until } : one));
		return { ...alive, tickets };
	}
	const ticket = { id, number: alive.next, until };
	return { tickets: [...alive.tickets, ticket], next: alive.next + 1 };
}

/** Gets out of line, or gives the turn to the next. */
export const leave = (turns: Turns, id: string, now: number): Turns => {
	const alive = living(turns, now);
	return { ...alive, tickets: alive.tickets.filter((ticket) => ticket.id !== id) };
};

/** How many come before; undefined for who is not in line, or was taken for dead. */
export function aheadOf(turns: Turns, id: string, now: number): number | undefined {
	const ahead = living(turns, now).tickets.findIndex((ticket) => ticket.id === id);
	return ahead < 0 ? undefined : ahead;
}

export const living = ({ tickets, next }: Turns, now: number): Turns => ({
	tickets: tickets.filter(({ until }) => until > now),
	next,
});
