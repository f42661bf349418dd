import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Consent } from '../../lib/domain/consent';
import { mayUse } from '../../lib/domain/consent-gate';
import { PipelineError } from '../../lib/domain/errors';
import { maskValue } from '../../lib/domain/mask';
import { knownZone } from '../../lib/domain/meeting';
import { checkRules, leadDay, type SlotRules } from '../../lib/domain/slots';
import { checkWorkingHours, type WorkingHours } from '../../lib/domain/working-hours';
import type { Wish } from '../../lib/vendors/book-meeting';
import type { Booking } from '../../lib/vendors/calendars/port';
import type { LeadItem } from '../shared/each-item';
import { readNamespace } from '../shared/read-lead';

export interface MeetingWish extends Wish {
	/** Why the lead is not among the guests, though the node was to invite them. */
	readonly leadNotInvited?: string;
}

/** Everything that the node's parameters say about one item's meeting. */
export function readWish(node: IExecuteFunctions, lead: LeadItem, operation: string): MeetingWish {
	const { index } = lead;
	const text = (name: string) => asText(node.getNodeParameter(name, index, ''));
	const calendarId = asText(node.getNodeParameter('calendarId', index, '', { extractValue: true }));
	if (!calendarId) {
		throw new PipelineError(
			'INVALID_INPUT',
			"'Calendar' is empty. Put a Route node before this one, or choose a calendar",
		);
	}
	const hours = readHours(node, lead);
	const leadZone = knownZone(text('leadTimezone'));
	const options = node.getNodeParameter('options', index, {}) as IDataObject;
	const search = {
		hours,
		rules: readRules(node, index, options),
		...(leadZone && { leadHours: leadDay(leadZone) }),
	};
	const booking = operation === 'book';
	const guests = booking ? readGuests(node, lead, options) : { attendees: [] };
	return {
		...(guests.leadNotInvited && { leadNotInvited: guests.leadNotInvited }),
		calendarId,
		key: booking ? text('meetingKey') : '',
		purpose: asText(options['purpose']) || 'intro',
		search,
		details: {
			timezone: hours.timezone,
			title: booking ? text('title') : '',
			description: booking ? text('description') : '',
			attendees: guests.attendees,
			videoCall: booking && node.getNodeParameter('videoCall', index, true) === true,
			notify: readNotify(options['sendInvitations']),
		},
	};
}

function readHours(node: IExecuteFunctions, { index, json }: LeadItem): WorkingHours {
	if (node.getNodeParameter('workingHours', index) === 'define') {
		const text = (name: string) => asText(node.getNodeParameter(name, index, ''));
		const days = node.getNodeParameter('days', index, []) as unknown[];
		return checkWorkingHours(
			{
				timezone: text('timezone'),
				days: days.map(Number),
				start: text('start'),
				end: text('end'),
			},
			'Working Hours',
		);
	}
	const owner = readNamespace(readNamespace(json, 'route', 'Route'), 'owner', 'Route');
	const { days, start, end } = readNamespace(owner, 'hours', 'Route');
	const hours = {
		timezone: asText(owner['timezone']),
		days: Array.isArray(days) ? days.map(Number) : [],
		start: asText(start),
		end: asText(end),
	};
	return checkWorkingHours(hours, `Working hours of ${asText(owner['name']) || 'the owner'}`);
}

function readRules(node: IExecuteFunctions, index: number, options: IDataObject): SlotRules {
	const number = (name: string, standard: number) =>
		Number(node.getNodeParameter(name, index, standard));
	return checkRules({
		durationMinutes: number('durationMinutes', 30),
		noticeMinutes: number('noticeMinutes', 120),
		windowDays: number('windowDays', 5),
		bufferBeforeMinutes: Number(options['bufferBeforeMinutes'] ?? 10),
		bufferAfterMinutes: Number(options['bufferAfterMinutes'] ?? 10),
		stepMinutes: Number(options['stepMinutes'] ?? 30),
	});
}

interface Guests {
	readonly attendees: Booking['attendees'];
	readonly leadNotInvited?: string;
}

/** A guest gets mail from the calendar at every change, so that a lead who refused mail is none. */
function readGuests(
	node: IExecuteFunctions,
	{ index, json }: LeadItem,
	options: IDataObject,
): Guests {
	const others = asText(options['additionalAttendees'])
		.split(/[,;\s]+/)
		.filter(Boolean)
		.map((email) => ({ email }));
	if (node.getNodeParameter('inviteLead', index, true) !== true) return { attendees: others };
	const lead = readNamespace(json, 'lead', 'Lead Normalize');
	const permission = mayUse(readPermissions(lead), 'email');
	if (!permission.allowed) return { attendees: others, leadNotInvited: permission.reason };
	const email = asText((lead['identity'] as IDataObject | undefined)?.['email']);
	if (!email) {
		throw new PipelineError(
			'INVALID_INPUT',
			"The lead has no email address to invite. Turn off 'Invite Lead', or enrich the lead first",
		);
	}
	const person = lead['person'] as IDataObject | undefined;
	const spoken = [person?.['firstName'], person?.['lastName']]
		.map(asText)
		.filter(Boolean)
		.join(' ');
	const name = asText(person?.['fullName']) || spoken;
	return { attendees: [{ email, ...(name && { name }) }, ...others] };
}

/** A consent that cannot be read is not taken for none. */
function readPermissions({ consent = {} }: IDataObject): Consent {
	const parsed = Consent.safeParse(consent);
	if (parsed.success) return parsed.data;
	throw new PipelineError(
		'INVALID_INPUT',
		`'lead.consent' is ${maskValue(consent)}, which cannot be read. Put a Lead Normalize node before this one, or turn off 'Invite Lead'`,
	);
}

const readNotify = (value: unknown): Booking['notify'] =>
	value === 'externalOnly' || value === 'none' ? value : 'all';

const asText = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
