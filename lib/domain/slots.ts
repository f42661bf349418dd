import { DateTime } from 'luxon';
import { PipelineError } from './errors';
import { localTime, workingIntervals, type Interval, type WorkingHours } from './working-hours';

export interface SlotRules {
	readonly durationMinutes: number;
	/** Between now and the start. */
	readonly noticeMinutes: number;
	/** Kept free before and after; may lie outside working hours. */
	readonly bufferBeforeMinutes: number;
	readonly bufferAfterMinutes: number;
	/** Between two starts, counted from the opening of the day. */
	readonly stepMinutes: number;
	/** Working days of the owner to look at, today included when there is work left today. */
	readonly windowDays: number;
}

export interface SlotRequest {
	/** Epoch ms. */
	readonly now: number;
	readonly hours: WorkingHours;
	/** The lead's day, when the lead's zone is known: slots inside it come first. */
	readonly leadHours?: WorkingHours | undefined;
	readonly busy: readonly Interval[];
	readonly rules: SlotRules;
}

export interface Slot extends Interval {
	/** False when only the owner's hours could be kept. Undefined when the lead's are not known. */
	readonly inLeadHours?: boolean;
}

export interface Rejected {
	readonly start: number;
	readonly reason: string;
}

export interface Offer {
	/** Best first: inside both working days by time, then inside the owner's only. */
	readonly slots: readonly Slot[];
	/** Every start that cannot be, by time, with the reason. */
	readonly rejected: readonly Rejected[];
}

const MINUTE_MS = 60_000;

/** The lead is assumed to be reachable in these hours on working days. */
export const leadDay = (timezone: string): WorkingHours => ({
	timezone,
	days: [1, 2, 3, 4, 5],
	start: '08:00',
	end: '18:00',
});

/** From now to the end of the last working day looked at. */
export function searchWindow(now: number, hours: WorkingHours, windowDays: number): Interval {
	// From one working day to the next it is a week at most, and a change of clocks.
	const days = new Set<string>();
	let end = now;
	for (const work of workingIntervals(now, now + windowDays * 8 * 86_400_000, hours)) {
		for (let at = work.start; at < work.end; at = nextDay(at, hours)) {
			days.add(dateOf(at, hours));
			if (days.size > windowDays) return { start: now, end };
			end = Math.min(work.end, nextDay(at, hours));
		}
	}
	return { start: now, end };
}

/** The part of the calendar that has to be known before slots can be offered. */
export function busyWindow({ now, hours, rules }: Omit<SlotRequest, 'busy'>): Interval {
	const { start, end } = searchWindow(now, hours, rules.windowDays);
	return {
		start: start - rules.bufferBeforeMinutes * MINUTE_MS,
		end: end + rules.bufferAfterMinutes * MINUTE_MS,
	};
}

/** The starts in the window, each one free or with the reason why not. */
export function offer(request: SlotRequest): Offer {
	const slots: Slot[] = [];
	const rejected: Rejected[] = [];
	for (const { slot, opening } of starts(request)) {
		const reason = refusal(slot, opening, request);
		if (reason) rejected.push({ start: slot.start, reason });
		else slots.push(rank(slot, request));
	}
	return {
		slots: [...slots.filter(preferred), ...slots.filter((slot) => !preferred(slot))],
		rejected,
	};
}

/** Why a free slot comes after the preferred ones: the lead's clock shows an unkind hour. */
export const outsideLeadHours = (start: number, leadHours: WorkingHours) =>
	`outside the lead's hours: ${localTime(start, leadHours.timezone)}`;

/** Throws `CONFIG_INVALID` naming the number that cannot work. */
export function checkRules(rules: SlotRules): SlotRules {
	const limits: ReadonlyArray<readonly [string, number, number, number]> = [
		['Duration', rules.durationMinutes, 5, 1440],
		['Minimum Notice', rules.noticeMinutes, 0, 43_200],
		['Buffer Before', rules.bufferBeforeMinutes, 0, 480],
		['Buffer After', rules.bufferAfterMinutes, 0, 480],
		['Slot Step', rules.stepMinutes, 5, 1440],
		['Search Window', rules.windowDays, 1, 60],
	];
	for (const [name, value, least, most] of limits) {
		if (Number.isInteger(value) && value >= least && value <= most) continue;
		throw new PipelineError(
			'CONFIG_INVALID',
			`'${name}' is ${value}. Use a whole number from ${least} to ${most}`,
		);
	}
	return rules;
}

/** Every start on the grid that is still to come. The grid begins with the working day, not with now. */
function* starts({ now, hours, rules }: SlotRequest) {
	const { end } = searchWindow(now, hours, rules.windowDays);
	const today = DateTime.fromMillis(now, { zone: hours.timezone }).startOf('day').toMillis();
	for (const opening of workingIntervals(today, end, hours)) {
		for (let at = opening.start; at < opening.end; at += rules.stepMinutes * MINUTE_MS) {
			if (at < now) continue;
			yield { opening, slot: { start: at, end: at + rules.durationMinutes * MINUTE_MS } };
		}
	}
}

function refusal(slot: Slot, opening: Interval, { now, busy, rules, hours }: SlotRequest) {
	if (slot.start < now + rules.noticeMinutes * MINUTE_MS) {
		return `too soon: less than ${rules.noticeMinutes} minutes ahead`;
	}
	if (slot.end > opening.end) return "outside the owner's hours: it would end after them";
	const needed = withBuffers(slot, rules);
	const clash = busy.find(({ start, end }) => start < needed.end && needed.start < end);
	if (!clash) return undefined;
	const clock = (at: number) => DateTime.fromMillis(at, { zone: hours.timezone }).toFormat('HH:mm');
	const span = `${clock(clash.start)}-${clock(clash.end)}`;
	const near = clash.end <= slot.start || slot.end <= clash.start;
	return near ? `busy ${span}, within the buffer` : `busy ${span}`;
}

/** The slot with the time that has to be free around it. */
export const withBuffers = ({ start, end }: Interval, rules: SlotRules): Interval => ({
	start: start - rules.bufferBeforeMinutes * MINUTE_MS,
	end: end + rules.bufferAfterMinutes * MINUTE_MS,
});

function rank(slot: Interval, { leadHours }: SlotRequest): Slot {
	if (!leadHours) return slot;
	const [inside] = workingIntervals(slot.start, slot.end, leadHours);
	return { ...slot, inLeadHours: inside?.start === slot.start && inside.end === slot.end };
}

const preferred = ({ inLeadHours }: Slot) => inLeadHours !== false;

const dateOf = (at: number, { timezone }: WorkingHours) =>
	DateTime.fromMillis(at, { zone: timezone }).toISODate() ?? '';

const nextDay = (at: number, { timezone }: WorkingHours) =>
	DateTime.fromMillis(at, { zone: timezone }).startOf('day').plus({ days: 1 }).toMillis();
