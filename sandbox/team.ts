export interface Rep {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly hubspotOwnerId: string;
	readonly calendarId: string;
	readonly slackId: string;
	/** IANA zone. */
	readonly timezone: string;
	readonly hours: WorkingHours;
}

export interface WorkingHours {
	/** ISO weekdays, 1 is Monday. */
	readonly days: readonly number[];
	/** Local time, `HH:mm`. */
	readonly start: string;
	readonly end: string;
}

const weekdays = [1, 2, 3, 4, 5] as const;

/** The sales team that CRM, calendars and chat agree on. */
export const team: readonly Rep[] = [
	{
		id: 'olivia',
		name: 'Olivia Reyes',
		email: 'olivia.reyes@acme-handoff.com',
		hubspotOwnerId: '70100001',
		calendarId: 'olivia.reyes@acme-handoff.com',
		slackId: 'U0SANDBOX1',
		timezone: 'America/New_York',
		hours: { days: weekdays, start: '09:00', end: '17:00' },
	},
	{
		id: 'marcus',
		name: 'Marcus Chen',
		email: 'marcus.chen@acme-handoff.com',
		hubspotOwnerId: '70100002',
		calendarId: 'marcus.chen@acme-handoff.com',
		slackId: 'U0SANDBOX2',
		timezone: 'America/Los_Angeles',
		hours: { days: weekdays, start: '08:30', end: '17:30' },
	},
	{
		id: 'priya',
		name: 'Priya Nair',
		email: 'priya.nair@acme-handoff.com',
		hubspotOwnerId: '70100003',
		calendarId: 'priya.nair@acme-handoff.com',
		slackId: 'U0SANDBOX3',
		timezone: 'Europe/London',
		hours: { days: weekdays, start: '09:00', end: '17:30' },
	},
	{
		id: 'jonas',
		name: 'Jonas Weber',
		email: 'jonas.weber@acme-handoff.com',
		hubspotOwnerId: '70100004',
		calendarId: 'jonas.weber@acme-handoff.com',
		slackId: 'U0SANDBOX4',
		timezone: 'Europe/Berlin',
		hours: { days: weekdays, start: '09:00', end: '18:00' },
	},
];

/** Chat channels that exist; the bot is a member of each. */
export const channels = [
	{ id: 'C0SALESLEADS', name: 'sales-leads' },
	{ id: 'C0HANDOFFOPS', name: 'handoff-alerts' },
] as const;
