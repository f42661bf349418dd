import { eventsOf } from '../../../lib/domain/signature/event-facts';
import { receive } from '../../../lib/domain/signature/received';
import { NOW, URL } from './genuine';
import { opened } from './opened';
import { SIGNERS } from './signers';

const ids = Object.keys(SIGNERS);

const events = (id: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
	eventsOf(opened(id), receive({ method: 'POST', url: URL, headers, body: Buffer.from(body) }));

const AT = '2023-11-14T22:13:20.000Z';

type EventCase = [
	sender: string,
	body: string,
	headers: Record<string, string>,
	expected: Record<string, unknown>,
];

const ONE: readonly EventCase[] = [
	[
		'attio',
		'{"events":[{"event_type":"record.created","id":{"record_id":"r"}}]}',
		{ 'idempotency-key': 'k1' },
		{ eventId: 'k1', type: 'record.created' },
	],
	[
		'calcom',
		`{"triggerEvent":"BOOKING_CREATED","createdAt":"${AT}","payload":{"uid":"bk_1"}}`,
		{},
		{ eventId: `bk_1:BOOKING_CREATED:${AT}`, eventIdFrom: 'fields', occurredAt: NOW },
	],
	[
		'calendly',
		`{"event":"invitee.created","created_at":"${AT}","payload":{"uri":"https://api.calendly.com/i/1"}}`,
		{},
		{ eventId: `https://api.calendly.com/i/1:invitee.created:${AT}`, type: 'invitee.created' },
	],
	['clearbit', '{"id":"123","type":"person","status":200}', {}, { eventId: '123', type: 'person' }],
	[
		'close',
		'{"event":{"id":"ev_1","object_type":"lead","action":"created","date_created":"2023-11-14T22:13:20"}}',
		{},
		{ eventId: 'ev_1', type: 'lead.created', occurredAt: NOW },
	],
	[
		'customerio',
		'{"event_id":"01E","object_type":"email","metric":"clicked","timestamp":1700000000}',
		{},
		{ eventId: '01E', type: 'email.clicked', occurredAt: NOW },
	],
	[
		'docusign',
		`{"event":"envelope-completed","generatedDateTime":"${AT}","data":{"envelopeId":"e1"}}`,
		{},
		{ eventId: `e1:envelope-completed:${AT}`, occurredAt: NOW },
	],
	[
		'docusign',
		`{"event":"recipient-completed","generatedDateTime":"${AT}","data":{"envelopeId":"e1","recipientId":"2"}}`,
		{},
		{ eventId: `e1:recipient-completed:${AT}:2` },
	],
	[
		'fullenrich',
		'{"id":"batch","status":"FINISHED"}',
		{},
		{ eventIdFrom: 'content', type: 'FINISHED' },
	],
	[
		'github',
		'{"action":"opened"}',
		{ 'x-github-delivery': 'd1', 'x-github-event': 'issues' },
		{ eventId: 'd1', type: 'issues.opened' },
	],
	[
		'github',
		'payload=%7B%7D',
		{ 'x-github-delivery': 'd2', 'x-github-event': 'push' },
		{ eventId: 'd2', type: 'push' },
	],
	[
		'google-ads',
		'{"google_key":"k","lead_id":"TeSter-1","lead_submit_time":"2023-11-14T22:13:20Z"}',
		{},
		{ eventId: 'TeSter-1', type: 'lead', occurredAt: NOW },
	],
	['hookdeck', '{}', { 'x-hookdeck-eventid': 'evt_1' }, { eventId: 'evt_1' }],
	[
		'intercom',
		'{"id":"notif_1","topic":"contact.created","created_at":1700000000}',
		{},
		{ eventId: 'notif_1', type: 'contact.created', occurredAt: NOW },
	],
	[
		'linear',
		`{"type":"Issue","action":"create","createdAt":"${AT}"}`,
		{ 'linear-delivery': 'l1' },
		{ eventId: 'l1', type: 'Issue.create', occurredAt: NOW },
	],
	[
		'linkedin',
		'{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:1","leadAction":"CREATED","occurredAt":1700000000000}',
		{},
		{
			eventId: 'urn:li:leadGenFormResponse:1:CREATED:1700000000000',
			type: 'LEAD_ACTION',
			occurredAt: NOW,
		},
	],
	['lusha', '{"id":"l1","type":"companyChange"}', {}, { eventId: 'l1', type: 'companyChange' }],
	[
		'outpost',
		'{}',
		{ 'x-outpost-event-id': 'o1', 'x-outpost-topic': 'user.created' },
		{ eventId: 'o1', type: 'user.created' },
	],
	[
		'paddle',
		`{"event_id":"evt_1","notification_id":"ntf_2","event_type":"transaction.completed","occurred_at":"${AT}"}`,
		{},
		{ eventId: 'evt_1', type: 'transaction.completed', occurredAt: NOW },
	],
	[
		'shopify',
		'{}',
		{
			'x-shopify-event-id': 'e1',
			'x-shopify-webhook-id': 'w1',
			'x-shopify-topic': 'customers/create',
			'x-shopify-triggered-at': AT,
		},
		{ eventId: 'e1:customers/create', type: 'customers/create', occurredAt: NOW },
	],
	[
		'shopify',
		'{}',
		{ 'x-shopify-webhook-id': 'w1', 'x-shopify-topic': 'customers/create' },
		{ eventId: 'w1' },
	],
	[
		'shopify',
		'{}',
		{ 'shopify-event-id': 'e2', 'shopify-topic': 'customers' },
		{ eventId: 'e2:customers' },
	],
	[
		'slack',
		'{"type":"event_callback","event_id":"Ev1","event_time":1700000000,"event":{"type":"team_join"}}',
		{},
		{ eventId: 'Ev1', type: 'team_join', occurredAt: NOW },
	],
	[
		'slack',
		'payload=%7B%22type%22%3A%22block_actions%22%2C%22trigger_id%22%3A%22t.1%22%7D',
		{},
		{ eventId: 't.1', type: 'block_actions' },
	],
	['slack', 'command=%2Flead&trigger_id=t.2', {}, { eventId: 't.2', type: '/lead' }],
	[
		'stripe',
		'{"id":"evt_1","type":"customer.created","created":1700000000}',
		{},
		{ eventId: 'evt_1', type: 'customer.created', occurredAt: NOW },
	],
	[
		'tally',
		`{"eventId":"t1","eventType":"FORM_RESPONSE","createdAt":"${AT}"}`,
		{},
		{ eventId: 't1', type: 'FORM_RESPONSE', occurredAt: NOW },
	],
	[
		'typeform',
		'{"event_id":"01GX","event_type":"form_response","form_response":{"submitted_at":"2023-11-14T22:13:20Z"}}',
		{},
		{ eventId: '01GX', type: 'form_response', occurredAt: NOW },
	],
	[
		'webflow',
		`{"triggerType":"form_submission","payload":{"id":"f1","submittedAt":"${AT}"}}`,
		{},
		{ eventId: `form_submission:f1:${AT}`, occurredAt: NOW },
	],
	[
		'workos',
		`{"id":"wh_1","event":"user.created","created_at":"${AT}"}`,
		{},
		{ eventId: 'wh_1', type: 'user.created', occurredAt: NOW },
	],
	[
		'zendesk',
		`{"id":"z1","type":"zen:event-type:user.created","time":"${AT}","zendesk_event_version":"2022-06-20"}`,
		{ 'x-zendesk-webhook-invocation-id': 'i1' },
		{ eventId: 'z1', type: 'zen:event-type:user.created', occurredAt: NOW },
	],
	[
		'zendesk',
		'{"id":123,"event":"ticket.updated"}',
		{ 'x-zendesk-webhook-invocation-id': 'i1' },
		{ eventId: 'i1' },
	],
	[
		'zoom',
		'{"event":"meeting.ended","event_ts":1700000000000,"payload":{"object":{"uuid":"u=="}}}',
		{},
		{ eventId: 'meeting.ended:1700000000000:u==', type: 'meeting.ended', occurredAt: NOW },
	],
];

describe('the event of a delivery', () => {
	it.each(ONE)('%s %s', (id, body, headers, expected) => {
		const found = events(id, body, headers);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject(expected);
	});

	it.each(ids)('%s: whatever the body is, it has one id that stays the same', (id) => {
		for (const body of ['', '[]', 'null', '{"id":{},"event":7,"events":[],"data":[]}', '\u0000']) {
			const [first] = events(id, body);
			expect(first?.eventId).toMatch(/./);
			expect(events(id, body)[0]?.eventId).toBe(first?.eventId);
		}
	});

	it('a date that is none is left out, and the event is not lost', () => {
		const [event] = events('stripe', '{"id":"evt_1","type":"t","created":1e300}');
		expect(event).toEqual({ eventId: 'evt_1', eventIdFrom: 'sender', type: 't' });
	});
});

describe('deliveries of several events', () => {
	it('Klaviyo: each has its own id and data', () => {
		const body =
			'{"data":[{"topic":"a","external_id":"e1"},{"topic":"b","external_id":"e2"}],"meta":{"klaviyo_webhook_id":"01HK"}}';
		expect(events('klaviyo', body)).toEqual([
			{ eventId: 'e1', eventIdFrom: 'sender', type: 'a', data: { topic: 'a', external_id: 'e1' } },
			{ eventId: 'e2', eventIdFrom: 'sender', type: 'b', data: { topic: 'b', external_id: 'e2' } },
		]);
	});

	it('Meta: leads of several pages in one batch', () => {
		const lead = (id: string) => ({
			field: 'leadgen',
			value: { leadgen_id: id, created_time: 1_700_000_000 },
		});
		const body = JSON.stringify({
			object: 'page',
			entry: [
				{ id: 'p1', time: 1_700_000_001, changes: [lead('1'), lead('2')] },
				{ id: 'p2', time: 1_700_000_001, changes: [{ field: 'feed', value: {} }] },
			],
		});
		const found = events('meta', body);
		expect(found.map(({ eventId }) => eventId.slice(0, 7))).toEqual(['1', '2', 'sha256:']);
		expect(found[1]).toMatchObject({
			type: 'leadgen',
			occurredAt: NOW,
			data: { id: 'p1', change: lead('2') },
		});
	});

	it('Attio: the message’s key and the place in it', () => {
		const body = '{"events":[{"event_type":"a"},{"event_type":"b"}]}';
		const found = events('attio', body, { 'idempotency-key': 'k' });
		expect(found.map(({ eventId }) => eventId)).toEqual(['k:0', 'k:1']);
	});
});
