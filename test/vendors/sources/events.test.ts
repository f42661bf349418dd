import { leadOf, recordOf, recordsOf } from './recordings';

describe('Segment', () => {
	it('reads an identify, and does not take the company for the person', () => {
		expect(leadOf(recordOf('segment-identify')).lead).toMatchObject({
			identity: {
				email: 'peter@example.com',
				externalIds: {
					segment: '97980cfea0067',
					'segment-anonymous': '507f191e810c19729de860ea',
				},
			},
			person: { fullName: 'Peter Gibbons', country: 'US', city: 'San Francisco' },
			company: { name: 'Initech', domain: 'initech.com', employeeCount: 217 },
			custom: { plan: 'premium' },
		});
	});

	it('reads a batch: what was done, where, and through which campaign', () => {
		const [track, page, group] = recordsOf('segment-batch');
		expect(leadOf(track).lead).toMatchObject({
			attribution: { utmCampaign: 'TPS Innovation Newsletter', utmSource: 'Newsletter' },
			activities: [{ kind: 'other', name: 'Course Clicked' }],
			person: { timezone: 'Europe/Amsterdam' },
			source: { event: 'Course Clicked', eventId: 'ajs-f8ca1e4de5024d9430b3928bd8ac6b96' },
		});
		expect(page).toMatchObject({
			kind: 'activity',
			activities: [{ kind: 'page_view', name: 'Home' }],
		});
		for (const { lead } of [leadOf(track), leadOf(page)]) {
			expect(lead.person).not.toHaveProperty('fullName');
			expect(lead.person).not.toHaveProperty('title');
		}
		expect(track?.activities?.[0]?.properties).toEqual({ title: 'Intro to Analytics' });
		expect(group).toMatchObject({ kind: 'account', fields: { companyName: 'Initech' } });
	});
});

describe('Adobe I/O Events', () => {
	it('reads the activities of Marketo', () => {
		const [open, visit] = recordsOf('adobe-marketo');
		expect(leadOf(open).lead).toMatchObject({
			identity: {
				email: 'dana.whitfield@northwind-analytics.com',
				externalIds: { marketo: '1234' },
			},
			attribution: { campaignId: '77' },
			activities: [{ kind: 'email_open', id: 'ec2c6092-1e94-45e9-b2dd-0b6bad0baa6f' }],
			source: { system: 'marketo', occurredAt: '2024-12-17T18:39:33.000Z' },
		});
		expect(visit).toMatchObject({ activities: [{ kind: 'page_view' }] });
	});

	it('reads campaign events of other providers, and the older shape', () => {
		expect(recordOf('adobe-campaign')).toMatchObject({
			system: 'adobe-io',
			recordId: 'L-77',
			eventId: '83b0eac0-56d6-4499-afa6-4dc58ff6ac7f',
			fields: { email: 'dana.whitfield@northwind-analytics.com', campaignId: 'C-9' },
			activities: [{ kind: 'content_download' }],
		});
		expect(recordOf('adobe-older')).toMatchObject({
			event: 'email_click',
			eventId: '9d12cd44-0d86-45ca-8b7e-1c11694a234d',
			fields: { email: 'dana.whitfield@northwind-analytics.com' },
			activities: [{ kind: 'email_click' }],
		});
	});
});

describe('mail', () => {
	it('SendGrid: what happened to every message, to whom it is the last one', () => {
		const records = recordsOf('sendgrid');
		const seen = records.map(({ activities, emailStatus, consent }) => [
			activities?.[0]?.kind,
			emailStatus,
			consent,
		]);
		expect(seen).toEqual([
			['email_open', undefined, undefined],
			['other', undefined, undefined],
			['email_click', undefined, undefined],
			['email_bounce', 'invalid', undefined],
			['email_bounce', undefined, undefined],
			['other', 'invalid', undefined],
			['email_spam_report', undefined, { email: false }],
			['email_unsubscribe', undefined, { email: false }],
		]);
		expect(records[0]).toMatchObject({
			kind: 'activity',
			occurredAt: 1513299569,
			fields: { email: 'example@test.com', campaignId: 'ss-1' },
		});
		expect(JSON.stringify(records)).not.toContain('255.255.255.255');
	});

	it.each([
		['mailgun-failed', 'permanent_fail', 'email_bounce', 'invalid', undefined],
		['mailgun-unsubscribed', 'unsubscribed', 'email_unsubscribe', undefined, { email: false }],
		['mailgun-opened-by-machine', 'opened', 'other', undefined, undefined],
	])('%s', (name, event, kind, emailStatus, consent) => {
		const record = recordOf(name);
		expect(record).toMatchObject({ event, activities: [{ kind }], custom: { lead_id: 'L-77' } });
		expect([record?.emailStatus, record?.consent]).toEqual([emailStatus, consent]);
		expect(leadOf(record).lead.source).toMatchObject({
			eventId: 'G9Bn5sl1TC6nu79C8C0bwg',
			occurredAt: '2018-03-19T15:11:02.908Z',
		});
	});
});
