import { asked, events, judged, sample, schemeOf } from './try-scheme';

describe('Salesforce', () => {
	const { text } = sample('salesforce-outbound');
	const known = (body: string, expectedIds = ['00D000000000001']) =>
		judged('salesforce-outbound', { body }, { expectedIds });

	it('the organization in either length; case counts', () => {
		expect(known(text).ok).toBe(true);
		expect(known(text, ['00D000000000001EAA']).ok).toBe(true);
		expect(known(text.replace('001EAA', '001')).ok).toBe(true);
		expect(known(text, ['00D00000000000A']).ok).toBe(false);
		expect(known(text, ['00D'])).toMatchObject({ reason: 'MISMATCH' });
	});

	it.each([
		['a document type', text.replace('?>', '?><!DOCTYPE a [<!ENTITY e "x">]>')],
		[
			'two organizations',
			text.replace('<ActionId>', '<OrganizationId>00D000000000002EAA</OrganizationId><ActionId>'),
		],
		['two messages', text.replace('</soapenv:Body>', '<notifications/></soapenv:Body>')],
		['no notification', text.replace(/<Notification>.*<\/Notification>/, '')],
		['no end', text.slice(0, -5)],
		['no XML', '{"OrganizationId":"00D000000000001EAA"}'],
	])('%s', (_, body) => {
		expect(known(body)).toMatchObject({ reason: 'MALFORMED_BODY' });
	});

	it('of strangers nothing is parsed: what is made to be slow would hold n8n up', () => {
		const attributes = Array.from({ length: 90_000 }, (_, index) => `b${index}="1"`).join(' ');
		const slow = `<Id ${attributes}/><OrganizationId>00D000000000002EAA</OrganizationId>`;
		expect(known(slow)).toMatchObject({ reason: 'MISMATCH' });
		expect(known(slow.replace('<OrganizationId>', '<o>'))).toMatchObject({
			reason: 'MALFORMED_BODY',
		});
	});

	it('each notification is an event, in its own words', () => {
		expect(events('salesforce-outbound', { body: text })).toMatchObject([
			{
				eventId: '04l000000000001AAA',
				type: 'sf:Lead',
				data: { sObject: { Id: '00Q000000000001AAA', Company: 'Smith & Co' } },
			},
		]);
	});
});

describe('senders that sign nothing', () => {
	it.each([
		[
			'pipedrive',
			{ authorization: `Basic ${Buffer.from('pd:p:w').toString('base64')}` },
			['pd:p:w'],
			'ok',
		],
		[
			'pipedrive',
			{ authorization: `basic  ${Buffer.from('pd:p:w').toString('base64')}` },
			['pd:p:w'],
			'ok',
		],
		['pipedrive', { authorization: 'Basic cGQ6cDp3=' }, ['pd:p:w'], 'MISMATCH'],
		['pipedrive', { authorization: 'Bearer pd:p:w' }, ['pd:p:w'], 'MALFORMED_SIGNATURE'],
		['basic', { authorization: 'Basic c2VjcmV0' }, ['secret'], 'MISMATCH'],
		['bearer', { authorization: 'Bearer secret' }, ['new', 'secret'], 'ok'],
		['bearer', { authorization: 'Basic secret' }, ['secret'], 'MALFORMED_SIGNATURE'],
		['bearer', { authorization: 'secret' }, ['secret'], 'MALFORMED_SIGNATURE'],
		['rudderstack', { authorization: 'Bearer u:p' }, ['u:p'], 'ok'],
		[
			'rudderstack',
			{ authorization: `Basic ${Buffer.from('u:p').toString('base64')}` },
			['u:p'],
			'ok',
		],
		['zoominfo', { 'x-zoominfo-token': 'secre' }, ['secret'], 'MISMATCH'],
		['clay', { 'x-webhook-secret': '' }, [''], 'MISSING_SIGNATURE'],
	])('%s with %j', (id, headers, secrets, reason) => {
		const verdict = judged(id, { headers }, { secrets });
		expect(verdict.ok ? 'ok' : verdict.reason).toBe(reason);
	});

	it('a token stands once in the URL', () => {
		const url = (query: string) => judged('mailchimp', { url: `https://h.io/x?${query}` });
		expect(url('a=1&token=secret').ok).toBe(true);
		expect(url('token=secret&token=x')).toMatchObject({ reason: 'DUPLICATE_HEADER' });
		expect(url('token=')).toMatchObject({ reason: 'MISSING_SIGNATURE' });
		expect(asked('mailchimp', { method: 'GET' })).toEqual({ status: 200 });
	});

	it.each([
		['mailchimp', 'subscribe:2009-03-26 21:35:57:a6b5da1054:8a25ff1d98', 'fields'],
		['activecampaign', 'subscribe:2026-01-05T10:00:00-06:00:7', 'fields'],
		['apollo', '1039995589705121900:2026-01-08T08:10:56Z', 'fields'],
		['pipedrive', 'u-1', 'sender'],
		['rudderstack', 'ajs-1', 'sender'],
	])('%s: events are known by %s', (id, eventId, eventIdFrom) => {
		expect(events(id, { body: sample(id).body })).toMatchObject([{ eventId, eventIdFrom }]);
	});

	it('Pipedrive 1: an id of the object is none of the event', () => {
		const meta = {
			v: 1,
			action: 'updated',
			object: 'deal',
			id: 5,
			webhook_id: 9,
			timestamp: 1_523_440_213,
			timestamp_micro: 1_523_440_213_384_700,
		};
		expect(events('pipedrive', { body: JSON.stringify({ meta }) })).toMatchObject([
			{
				eventId: '9:deal:5:updated:1523440213384700',
				type: 'updated.deal',
				occurredAt: 1_523_440_213_000,
			},
		]);
	});

	it('an id of 64 bits is none as a number', () => {
		const body = '{"request_id":1039995589705121900,"request_completed":"2026-01-08T08:10:56Z"}';
		expect(events('apollo', { body })).toMatchObject([{ eventIdFrom: 'content' }]);
	});

	it('Segment: behind the first event of a batch anything may stand, and the panel says so', () => {
		const { headers, text } = sample('segment-batch');
		const body = text.replace('ajs-2', 'evil');
		const secrets = ['segment-secret'];
		expect(judged('segment-batch', { headers, body }, { secrets }).ok).toBe(true);
		expect(schemeOf('segment-batch').weakness).toMatch(/Only the first event/);
		expect(judged('segment', { headers, body }, { secrets })).toMatchObject({ reason: 'MISMATCH' });
		expect(events('segment-batch', { body })).toMatchObject([
			{ eventId: 'ajs-1' },
			{ eventId: 'evil' },
		]);
	});
});
