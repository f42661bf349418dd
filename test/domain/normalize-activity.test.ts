import { ACTIVITY_KINDS, activityKind } from '../../lib/domain/activity';
import { leadOf, read, RECEIVED } from '../normalized';

const CAMPAIGN = { utm_source: 'google', utm_campaign: 'brand' };

describe('where a person came from', () => {
	it('is the first and the latest touch alike, and on the activity too', () => {
		const lead = leadOf({
			email: 'a@acme.de',
			...CAMPAIGN,
			submitted_at: RECEIVED,
			eventId: 'e-1',
		});
		const campaign = { utmSource: 'google', utmCampaign: 'brand' };
		expect(lead.attribution).toEqual({
			...campaign,
			originalSource: 'google',
			latestSource: 'google',
			touchedAt: RECEIVED,
			firstTouch: { at: RECEIVED, source: 'google', ...campaign },
		});
		expect(lead.activities).toEqual([
			{
				kind: 'form_submit',
				occurredAt: RECEIVED,
				id: 'e-1',
				attribution: { source: 'google', ...campaign },
			},
		]);
	});

	it('is what the sender says where it keeps count itself', () => {
		const { attribution } = leadOf({ email: 'a@acme.de', ...CAMPAIGN, original_source: 'fair' });
		expect(attribution).toMatchObject({ originalSource: 'fair', latestSource: 'google' });
		expect(attribution).not.toHaveProperty('firstTouch');
		expect(leadOf({ email: 'a@acme.de', latest_source: 'fair' }).attribution).toEqual({
			latestSource: 'fair',
			touchedAt: RECEIVED,
		});
		expect(leadOf({ email: 'a@acme.de' }).attribution).toEqual({});
	});
});

describe('what a person did', () => {
	it.each([
		['email_open', 'email_open'],
		['Email Opened', 'email_open'],
		['open', 'email_open'],
		['click', 'email_click'],
		['download', 'content_download'],
		['webinar', 'webinar_attend'],
		['webform_submitted', 'form_submit'],
		['form_response', 'form_submit'],
		['BOOKING_CREATED', 'meeting_booked'],
		['invitee.created', 'meeting_booked'],
		['constructor', 'other'],
		['lead_created', 'other'],
	])('%s is %s', (name, kind) => expect(activityKind(name)).toBe(kind));

	it('knows every kind by its own name', () =>
		expect(ACTIVITY_KINDS.map(activityKind)).toEqual([...ACTIVITY_KINDS]));

	it('is taken over with its time, its id and the sender’s own name', () => {
		const { activities } = read({
			occurredAt: RECEIVED,
			activities: [
				{ kind: 'email_click', name: 'clicked', occurredAt: 1793514600, id: 'c-1' },
				{ kind: 'other', name: 'used the calculator', properties: { result: 7 } },
			],
		});
		expect(activities).toEqual([
			{ kind: 'email_click', name: 'clicked', occurredAt: '2026-11-01T06:30:00.000Z', id: 'c-1' },
			{
				kind: 'other',
				name: 'used the calculator',
				occurredAt: RECEIVED,
				properties: { result: 7 },
			},
		]);
	});

	it('is nothing where a record was merely created', () =>
		expect(read({ event: 'contact.creation' }).activities).toEqual([]));
});
