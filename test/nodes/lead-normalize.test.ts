import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	ADDRESS,
	leadOf,
	normalizationOf,
	noteOf,
	of,
	outboundMessage,
	recording,
	run,
} from './lead-normalize-host';

describe('Lead Normalize', () => {
	it('adds the lead and what was noticed, and leaves the rest of the item alone', async () => {
		const { leads, invalid, hints } = await run([
			of({ email: ADDRESS, phone: 'call me' }, { headers: { 'x-kept': '1' } }),
		]);
		expect(invalid).toEqual([]);
		expect(hints).toEqual([]);
		expect(leads[0]).toMatchObject({
			pairedItem: { item: 0 },
			json: {
				headers: { 'x-kept': '1' },
				body: { email: ADDRESS },
				lead: { identity: { email: ADDRESS }, source: { system: 'form' } },
				normalization: { ok: true, source: 'form', problems: [{ field: 'phone' }] },
			},
		});
		expect(leads[0]?.json).not.toHaveProperty('error');
		expect(noteOf(leads[0])).toMatch(/^webform_submitted from form; 'phone' "call me" is not a/);
	});

	it('makes an item of every event of a delivery, each with its own id and its own trace', async () => {
		const binary = { data: { data: 'aGk=', mimeType: 'application/json' } };
		const item = {
			...of(recording('hubspot-object-events'), {
				verification: { ok: true, scheme: 'hubspot-v3', eventId: 'delivery-1' },
				trace: { correlationId: 'c', stages: [] },
			}),
			binary,
		};
		const { leads, invalid, hints } = await run([of({ email: 'x@fabrikam.com' }), item], {
			'options.requires': 'any-id',
		});
		expect(leads.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
		const [, creation, change] = leads;
		const ids = [
			'33:object.creation:65059681032:100:1723651850844',
			'33:object.propertyChange:65059681032:email:101:1723651851000',
		];
		expect([creation, change].map((one) => one?.json['verification'])).toMatchObject(
			ids.map((eventId) => ({ eventId, deliveryId: 'delivery-1', scheme: 'hubspot-v3' })),
		);
		expect(leadOf(creation)['source']).toMatchObject({
			event: 'contact.creation',
			eventId: ids[0],
		});
		expect(leadOf(change)['identity']).toMatchObject({ email: ADDRESS });
		const traces = [...leads.slice(1), ...invalid].map(
			({ json }) => (json['trace'] as IDataObject)['correlationId'],
		);
		expect(traces).toEqual(['c', 'c-2', 'c-3', 'c-4']);
		expect([creation, change].map((one) => one?.binary)).toEqual([binary, undefined]);
		expect(hints).toEqual([expect.stringMatching(/^2 of 5 events are on the Invalid output/)]);
	});

	it('turns aside what is no lead, and says what it was', async () => {
		const { leads, invalid } = await run(
			['hubspot-object-events', 'cal-com-ping', 'shopify-redact', 'segment-batch'].map((name) =>
				of(recording(name)),
			),
			{ 'options.requires': 'any-id' },
		);
		expect(leads).toHaveLength(4);
		const said = invalid.map((item) => {
			const { problems, record, ok, source } = normalizationOf(item);
			expect(ok).toBe(false);
			return [source, (record as IDataObject)['kind'], problems[0]?.['reason']];
		});
		expect(said).toEqual([
			['hubspot', 'account', 'is about a company, not a person'],
			['hubspot', 'deletion', 'says that somebody is gone: forget them, and hand nobody over'],
			['cal-com', 'ping', 'is a test of the line, not a lead'],
			['shopify', 'deletion', 'says that somebody is gone: forget them, and hand nobody over'],
			['segment', 'account', 'is about a company, not a person'],
		]);
		expect(normalizationOf(invalid[1])['record']).toEqual({
			kind: 'deletion',
			system: 'hubspot',
			event: 'contact.privacyDeletion',
			recordId: '65059681032',
			eventId: '33:contact.privacyDeletion:65059681032:103:1723651853000',
		});
		expect(invalid[1]?.json['body']).toEqual(recording('hubspot-object-events'));
	});

	it('says which field, which value and why, and shows no personal data', async () => {
		const { leads, invalid } = await run([
			of({ email: 'dana.whitfield@', phone: '+49 1511 2345678' }),
			of({ first_name: 'Dana' }),
		]);
		expect(leads).toEqual([]);
		expect(normalizationOf(invalid[0])).toMatchObject({
			ok: false,
			source: 'form',
			problems: [{ field: 'email', value: '"d***@"', reason: 'is not an email address' }],
		});
		expect(normalizationOf(invalid[1]).problems).toEqual([
			{ field: 'email', value: 'nothing', reason: 'is missing' },
		]);
		expect(noteOf(invalid[1])).toBe("'email' nothing is missing");
	});

	it.each<[string, unknown, RegExp]>([
		['text that is neither JSON nor XML', 'email=a@b.co', /neither JSON nor XML/],
		['XML with a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/],
		['XML that breaks off', '<lead><email>', /is not XML at line 1/],
		['a number', 7, /neither JSON nor XML/],
		['an empty list', [], /carries no event/],
		['a list of no events', [1, 'two'], /carries no event/],
	])('%s is invalid, and nothing is lost', async (_, payload, reason) => {
		const { leads, invalid } = await run([of({ kept: true })], { payload } as IDataObject);
		expect(leads).toEqual([]);
		expect(invalid[0]?.json).toMatchObject({
			body: { kept: true },
			normalization: { ok: false, problems: [{ reason: expect.stringMatching(reason) }] },
		});
	});

	it('reads JSON and XML as text', async () => {
		const { leads } = await run([of(JSON.stringify({ email: ADDRESS })), of(outboundMessage)]);
		expect(leads.map((item) => (leadOf(item)['source'] as IDataObject)['eventId'])).toEqual([
			undefined,
			'04l5e00000Gx7QzAAJ',
			'04l5e00000Gx7R0AAJ',
		]);
		expect(leads[1]?.json['lead']).toMatchObject({ company: { name: 'Barnes & Café Ltd' } });
	});
});

describe('the id of an event', () => {
	const verification = { ok: true, scheme: 'standard-webhooks', eventId: 'signed' };
	const idOf = (item: INodeExecutionData | undefined) =>
		(leadOf(item)['source'] as IDataObject)['eventId'];

	it("is the signed one before a form's own", async () => {
		const form = { email: ADDRESS, eventId: 'in-the-body' };
		const { leads } = await run([of(form, { verification }), of(form)]);
		expect(leads.map(idOf)).toEqual(['signed', 'in-the-body']);
		expect(leads[0]?.json['verification']).toEqual(verification);
	});

	it('is its own where a delivery of forms has one id for all', async () => {
		const forms = [{ email: 'a@fabrikam.com' }, { email: 'b@fabrikam.com', event_id: 'own' }];
		const { leads } = await run([of(forms, { verification })]);
		expect(leads.map(idOf)).toEqual(['signed#1', 'own']);
		expect(leads.map(({ json }) => (json['verification'] as IDataObject)['eventId'])).toEqual([
			'signed#1',
			'own',
		]);
	});

	it('is what the user mapped, before all others, and one for each event of a delivery', async () => {
		const form = { email: ADDRESS, eventId: 'in-the-body' };
		const mapping = { 'mapping.fields': [{ field: 'eventId', value: 'mapped' }] };
		const one = await run([of(form, { verification })], mapping);
		expect(one.leads.map(idOf)).toEqual(['mapped']);
		expect(one.leads[0]?.json['verification']).toMatchObject({ eventId: 'mapped' });
		const two = await run([of([form, form], { verification })], mapping);
		expect(two.leads.map(idOf)).toEqual(['mapped#1', 'mapped#2']);
		const own = { source: 'custom', 'leadFields.value': { email: ADDRESS, eventId: 'mapped' } };
		expect((await run([of({}, { verification })], own)).leads.map(idOf)).toEqual(['mapped']);
	});

	it("is the sender's before that of the delivery", async () => {
		const { leads } = await run([of(recording('typeform'), { verification })]);
		expect(leads.map(idOf)).toEqual(['LtWXD3crgy']);
	});
});

describe('the source', () => {
	it('can be chosen by hand', async () => {
		const body = { contact_id: 'not-a-number', email: ADDRESS };
		const { leads } = await run([of(body)], { source: 'hubspot' });
		expect(leadOf(leads[0])['source']).toMatchObject({ system: 'hubspot' });
		expect(normalizationOf(leads[0])['source']).toBe('hubspot');
	});

	it('is read by the headers too', async () => {
		const headers = { 'x-shopify-topic': 'customers/create' };
		const { leads } = await run([of({ id: 7, email: ADDRESS, first_name: 'Dana' }, { headers })]);
		expect(leadOf(leads[0])).toMatchObject({
			identity: { externalIds: { shopify: '7' } },
			source: { event: 'customers/create' },
		});
	});

	it('fails the item when this version does not know it', async () => {
		const { leads } = await run([of({ email: ADDRESS })], { source: 'gone' });
		expect(leads[0]?.json['details']).toMatchObject({
			code: 'CONFIG_INVALID',
			message: `'Source' is "gone", which this version does not know`,
		});
	});

	it.each(['sourceSystem', 'event'])('and the option %s wins over it', async (option) => {
		const { leads } = await run([of(recording('typeform'))], { [`options.${option}`]: 'mine' });
		expect(Object.values(leadOf(leads[0])['source'] as IDataObject)).toContain('mine');
	});
});
