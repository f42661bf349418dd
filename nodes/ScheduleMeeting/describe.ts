import type { IDataObject } from 'n8n-workflow';
import { describeTimes, whySlot } from '../../lib/domain/meeting';
import type { Booked, Search, Wish } from '../../lib/vendors/book-meeting';
import type { Outcome } from '../shared/each-item';
import type { MeetingWish } from './read-meeting';

/** What both operations tell about the search. */
const common = ({ calendarId, search }: Wish, provider: string) => ({
	provider,
	calendarId,
	durationMinutes: search.rules.durationMinutes,
});

export function describeBooked(booked: Booked, wish: MeetingWish, provider: string): Outcome {
	const { hours, leadHours, rules } = wish.search;
	const shared = { ...common(wish, provider), slotsConsidered: [...booked.considered] };
	if (booked.kind === 'no-slot') return noSlot(shared, rules.windowDays);
	const { event, slot } = booked;
	const { leadNotInvited } = wish;
	const { start, end, ...rest } = event;
	const times = describeTimes({ start, end }, hours.timezone, leadHours?.timezone);
	const reason =
		slot && !event.repeated
			? whySlot(slot, leadHours?.timezone)
			: 'this meeting had been booked before';
	const durationMinutes = (end - start) / 60_000;
	const meeting = {
		outcome: 'booked',
		...shared,
		...rest,
		...times,
		durationMinutes,
		reason,
		...(leadNotInvited && { leadNotInvited }),
	};
	const guest = leadNotInvited ? `; the lead is not invited: ${leadNotInvited}` : '';
	return {
		output: 0,
		add: { meeting: meeting as IDataObject },
		note: `${times.owner.local}: ${reason}${guest}`,
	};
}

export function describeSlots(search: Search, wish: Wish, provider: string): Outcome {
	const { hours, leadHours, rules } = wish.search;
	const shared = { ...common(wish, provider), slotsConsidered: [...search.considered] };
	const [first] = search.slots;
	if (!first) return noSlot(shared, rules.windowDays);
	const slots = search.slots.map((slot) =>
		describeTimes(slot, hours.timezone, leadHours?.timezone),
	);
	const reason = whySlot(first, leadHours?.timezone);
	const meeting = { outcome: 'offered', ...shared, slots, reason };
	return {
		output: 0,
		add: { meeting: meeting as IDataObject },
		note: `${slots.length} slots offered`,
	};
}

function noSlot(shared: object, days: number): Outcome {
	const reason = `nothing is free within ${days} working days`;
	return { output: 1, add: { meeting: { outcome: 'no-slot', ...shared, reason } }, note: reason };
}
