import { z } from 'zod';
import type { World } from '../../sandbox/world';

const Properties = z.record(z.string(), z.string().nullable());
const HubSpotRecord = z.object({ id: z.string(), properties: Properties });
const HubSpot = z.object({
	contacts: z.array(HubSpotRecord),
	tasks: z.array(HubSpotRecord),
	associations: z.array(z.object({ from: z.string(), to: z.string(), toType: z.string() })),
});

const Moment = z.object({ dateTime: z.string(), timeZone: z.string().optional() });
const Event = z.object({
	id: z.string(),
	status: z.string(),
	summary: z.string().default(''),
	start: Moment,
	end: Moment,
	attendees: z.array(z.object({ email: z.string() })).default([]),
});
const Calendars = z.object({ calendars: z.record(z.string(), z.array(Event)) });
const Slack = z.object({ messages: z.array(z.object({ channel: z.string(), text: z.string() })) });

/** All that the vendors have, as values of this test's own realm. */
export function leftBehind(world: World) {
	const state = world.state();
	const { contacts, tasks, associations } = HubSpot.parse(state.hubspot);
	const { calendars } = Calendars.parse(state['google-calendar']);
	return {
		contacts,
		/** Each with the records that it is associated with. */
		tasks: tasks.map((task) => ({
			...task,
			contactIds: associations
				.filter(({ from, toType }) => from === task.id && toType === 'contacts')
				.map(({ to }) => to),
		})),
		/** With a guest: the seeded ones have none. */
		meetings: Object.entries(calendars).flatMap(([calendarId, events]) =>
			events
				.filter(({ attendees, status }) => attendees.length > 0 && status !== 'cancelled')
				.map((event) => ({ ...event, calendarId })),
		),
		messages: Slack.parse(state.slack).messages,
	};
}

/** The same, of one person; tasks and messages carry no address, so there are all of them. */
export function leftBehindBy(world: World, email: string) {
	const { contacts, meetings, ...rest } = leftBehind(world);
	return {
		...rest,
		contacts: contacts.filter(({ properties }) => properties['email'] === email),
		meetings: meetings.filter(({ attendees }) => attendees.some((guest) => guest.email === email)),
	};
}
