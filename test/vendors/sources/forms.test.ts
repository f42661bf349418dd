import { recognise } from '../../../lib/vendors/sources/recognise';
import { leadOf, NOBODY, recordings, recordOf } from './recordings';

describe('Typeform', () => {
	it('reads the documented example', () => {
		expect(recordOf('typeform')).toMatchObject({
			event: 'webform_submitted',
			eventId: 'LtWXD3crgy',
			recordId: 'a3a12ec67a1365927098a606107fac15',
			occurredAt: '2018-01-18T18:17:02Z',
			fields: { email: 'laura@example.com', firstName: 'Laura', formId: 'lT4Z3j' },
			custom: {
				user_id: 'abc123456',
				readable_ref_picture_choice: ['London', 'Sydney'],
				readable_ref_multiple_choice: 'London',
				readable_ref_number1: 5,
				readable_ref_legal: true,
				score: 9,
				name: 'typeform',
			},
		});
	});

	it('reads a contact block, hidden fields and a consent, and the first address', () => {
		const record = recordOf('typeform-contact');
		expect(leadOf(record).lead).toMatchObject({
			identity: { email: 'dana.whitfield@northwind-analytics.com', phone: '+16175550142' },
			person: { firstName: 'Dana', lastName: 'Whitfield' },
			company: { name: 'Northwind Analytics', employeeCount: 1200 },
			attribution: { utmSource: 'google', utmCampaign: 'q4-demo' },
			consent: { lawfulBasis: 'consent', channels: { email: true } },
			activities: [{ kind: 'form_submit', id: '01KAFQ6WJ0M2Q3N4P5R6S7T8V9' }],
		});
		expect(record?.custom).toMatchObject({
			lead_id: 'abc',
			use_case: ['Routing', 'Booking'],
			"And a colleague's address?": 'colleague@northwind-analytics.com',
		});
	});

	it('does not take a response that was never submitted for a form', () => {
		const { payload } = recordings.get('typeform') as { payload: object };
		const partial = { ...payload, event_type: 'form_response_partial' };
		expect(recognise(partial, NOBODY).read(partial, NOBODY)[0]).toMatchObject({
			event: 'form_response_partial',
			activities: [],
		});
	});
});

describe('calendars', () => {
	it('reads who booked with Calendly, and never the host', () => {
		const { lead } = leadOf(recordOf('calendly-created'));
		expect(lead).toMatchObject({
			identity: {
				email: 'test@example.com',
				phone: '+14045551234',
				externalIds: { salesforce: '00Q5e00000AbCdEEAV' },
			},
			person: { fullName: 'John Doe', timezone: 'America/New_York' },
			company: { name: 'Northwind Analytics' },
			attribution: { utmSource: 'google', utmCampaign: 'q4-demo' },
			custom: { 'What would you like to discuss?': 'Routing', meetingName: '15 Minute Meeting' },
			activities: [{ kind: 'meeting_booked' }],
			source: { event: 'invitee.created', occurredAt: '2020-11-23T17:51:19.000Z' },
		});
		expect(JSON.stringify(lead)).not.toContain('calendly-customer');
	});

	it.each([
		['calendly-canceled', 'activity', 'meeting_cancelled', 'invitee.canceled'],
		['calendly-routing-form', 'lead', 'form_submit', 'routing_form_submission.created'],
		['cal-com', 'lead', 'meeting_booked', 'BOOKING_CREATED'],
		['cal-com-cancelled', 'activity', 'meeting_cancelled', 'BOOKING_CANCELLED'],
	])('%s', (name, kind, activity, event) => {
		expect(recordOf(name)).toMatchObject({ kind, event, activities: [{ kind: activity }] });
	});

	it('takes a booking in the place of another for no second meeting', () => {
		const { payload } = recordings.get('calendly-created') as {
			payload: { payload: object };
		};
		const old_invitee = 'https://api.calendly.com/scheduled_events/B/invitees/B';
		const moved = { ...payload, payload: { ...payload.payload, old_invitee } };
		expect(recognise(moved, NOBODY).read(moved, NOBODY)[0]?.activities).toMatchObject([
			{ kind: 'meeting_rescheduled' },
		]);
	});

	it('reads the answers to a routing form', () => {
		expect(recordOf('calendly-routing-form')?.fields).toMatchObject({
			email: 'test@example.com',
			fullName: 'John Doe',
			utmSource: 'linkedin',
		});
	});

	it('reads who booked with Cal.com, and never the organizer', () => {
		const record = recordOf('cal-com');
		expect(leadOf(record).lead).toMatchObject({
			identity: { email: 'john.doe@example.com' },
			person: { fullName: 'John Doe', timezone: 'Asia/Kolkata' },
			custom: { meetingName: '60min between Pro Example and John Doe' },
			source: { eventId: 'BOOKING_CREATED:bFJeNb2uX8ANpT3JL5EfXw' },
		});
		expect(JSON.stringify(record)).not.toContain('pro@example.com');
		expect(recordOf('cal-com-ping')?.kind).toBe('ping');
	});
});

describe('Shopify', () => {
	it('reads the buyer, what was bought, where they came from and what they agreed to', () => {
		expect(leadOf(recordOf('shopify-order')).lead).toMatchObject({
			identity: { email: 'jon@example.com', externalIds: { shopify: '115310627314' } },
			person: { firstName: 'John', lastName: 'Smith', country: 'US', city: 'Shippington' },
			company: { name: 'Shipping Company', industry: 'Logistics' },
			attribution: { utmSource: 'newsletter', utmCampaign: 'winter' },
			consent: { lawfulBasis: 'consent', channels: { email: true, sms: false } },
			custom: {
				totalPrice: '398.00',
				items: [{ title: 'IPod Nano - 8GB', quantity: 1 }],
				gift: 'yes',
			},
			activities: [{ kind: 'order_placed' }],
			source: { event: 'orders/create', eventId: '98880550-7158-44d4-b7cd-2c97c8a091b5' },
		});
	});

	it.each([
		['shopify-order-bare', 'lead', 'order', 'order_placed'],
		['shopify-checkout', 'lead', 'checkout', 'checkout_start'],
		['shopify-cart', 'lead', 'cart', 'cart_update'],
	])('%s is known without its headers', (name, kind, event, activity) => {
		expect(recordOf(name)).toMatchObject({ kind, event, activities: [{ kind: activity }] });
	});

	it('does not take an unticked box for an answer', () => {
		expect(recordOf('shopify-checkout')?.consent).toBeUndefined();
	});

	it('hears whom to forget', () => {
		expect(recordOf('shopify-redact')).toMatchObject({ kind: 'deletion', recordId: '191167' });
	});
});
