import { randomUUID } from 'node:crypto';
import type { Erased, Parked, Parking, ParkRequest, WindowItem, Windows } from './port';

interface ParkedRow extends ParkRequest, Parked {
	readonly token?: string;
}

/** Windows and queues of the memory store. */
export function memoryLists(now: () => number) {
	let windows: WindowItem[] = [];
	let parked: ParkedRow[] = [];

	const forget = () => {
		windows = windows.filter(({ expiresAt }) => expiresAt > now());
		parked = parked.filter(({ expiresAt }) => expiresAt > now());
	};

	const drainOne = (wanted: string) => {
		const drained = windows.filter(({ key }) => key === wanted);
		windows = windows.filter(({ key }) => key !== wanted);
		return drained.map(({ at, value }) => ({ at, value })).sort((a, b) => a.at - b.at);
	};

	const parkOne = (request: ParkRequest): boolean => {
		const same = (row: ParkedRow) => row.queue === request.queue && row.id === request.id;
		const attempts = parked.find(same)?.attempts;
		parked = parked.filter((row) => !same(row));
		parked.push({ ...request, availableAt: request.dueAt, attempts: attempts ?? 0 });
		return attempts === undefined;
	};

	const inTurn = (wanted: string) => {
		forget();
		return parked
			.filter(({ queue }) => queue === wanted)
			.sort((a, b) => a.availableAt - b.availableAt || (a.id < b.id ? -1 : 1));
	};

	const verbs: Windows & Parking = {
		append: async (requests) =>
			requests.map((request) => {
				forget();
				if (request.expiresAt > now()) windows.push(request);
				return windows.filter(({ key }) => key === request.key).length;
			}),
		drain: async (keys) => {
			forget();
			return keys.map(drainOne);
		},
		park: async (items) =>
			items.map((item) => {
				forget();
				return parkOne(item);
			}),
		takeDue: async (queue, { limit, leaseUntil }) => {
			const token = randomUUID();
			const due = inTurn(queue).filter(({ availableAt }) => availableAt <= now());
			return due.slice(0, limit).map((row) => {
				const taken = { ...row, token, availableAt: leaseUntil, attempts: row.attempts + 1 };
				parked = parked.map((other) => (other === row ? taken : other));
				return { ...shown(taken), token };
			});
		},
		acknowledge: async (queue, taken) =>
			taken.map(({ id, token }) => {
				const row = inTurn(queue).find((one) => one.id === id && one.token === token);
				parked = parked.filter((one) => one !== row);
				return row !== undefined;
			}),
		count: async (queue) => {
			const all = inTurn(queue);
			const due = all.filter(({ availableAt }) => availableAt <= now()).length;
			return { total: all.length, due };
		},
		list: async (queue, limit) => inTurn(queue).slice(0, limit).map(shown),
	};

	const erase = (subject: string): Pick<Erased, 'windowItems' | 'parked'> => {
		forget();
		const [inWindows, inQueues] = [windows.length, parked.length];
		windows = windows.filter((row) => row.subject !== subject);
		parked = parked.filter((row) => row.subject !== subject);
		return { windowItems: inWindows - windows.length, parked: inQueues - parked.length };
	};

	return { verbs, erase };
}

const shown = ({ id, value, dueAt, availableAt, attempts }: ParkedRow): Parked => ({
	id,
	value,
	dueAt,
	availableAt,
	attempts,
});
