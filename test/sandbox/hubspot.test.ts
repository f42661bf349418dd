import { team } from '../../sandbox/team';
import { useWorld } from './world';

const at = useWorld();
const contacts = '/crm/objects/2026-09/contacts';
const email = 'new@northwind-analytics.com';

const upsert = (properties: Record<string, unknown>, id = email) => ({
	inputs: [{ id, idProperty: 'email', properties }],
});
const hubspot: (typeof at)['client']['hubspot'] = (...call) => at.client.hubspot(...call);

describe('HubSpot contacts', () => {
	it('creates on the first upsert and updates on the second, by either version', async () => {
		const first = await hubspot(`${contacts}/batch/upsert`, { body: upsert({ firstname: 'A' }) });
		const again = await hubspot('/crm/v3/objects/contacts/batch/upsert', {
			body: upsert({ lastname: 'B' }, email.toUpperCase()),
		});
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(first.body['results']?.[0]).toMatchObject({ new: true });
		expect(again.body['results']?.[0]).toMatchObject({ new: false });
		const read = await hubspot(
			`${contacts}/${email}?idProperty=email&properties=firstname,lastname`,
		);
		expect(read.body['properties']).toMatchObject({ firstname: 'A', lastname: 'B' });
	});

	it.each([
		['an unknown property', { nope: 'x' }, 'PROPERTY_DOESNT_EXIST'],
		['an unknown option', { hs_lead_status: 'hot' }, 'INVALID_OPTION'],
		['a word for a number', { lead_score: 'high' }, 'INVALID_LONG'],
		['a number with separators', { lead_score: '1,000' }, 'INVALID_LONG'],
		['a wrong date', { enriched_at: 'soon' }, 'INVALID_DATE'],
		['a read-only property', { createdate: '2026-01-01T00:00:00Z' }, 'READ_ONLY_VALUE'],
		['an owner who does not exist', { hubspot_owner_id: '1' }, 'INVALID_OWNER_ID'],
		['a wrong address', { email: 'nobody' }, 'INVALID_EMAIL'],
	])('refuses %s', async (_, properties, code) => {
		const { status, body } = await hubspot(`${contacts}/batch/upsert`, {
			body: upsert(properties),
		});
		expect(status).toBe(400);
		expect(body).toMatchObject({
			status: 'error',
			category: 'VALIDATION_ERROR',
			errors: [{ code, context: { propertyName: [Object.keys(properties)[0]] } }],
		});
		expect(body['correlationId']).toEqual(expect.any(String));
	});

	it.each([
		['a number as value', upsert({ lead_score: 5 })],
		['an unknown field', { ...upsert({ firstname: 'A' }), mode: 'fast' }],
		['an unknown field of an input', { inputs: [{ id: email, properties: {}, extra: 1 }] }],
		['no inputs', { inputs: [] }],
		[
			'101 inputs',
			{ inputs: Array.from({ length: 101 }, (_, n) => upsert({}, `p${n}@a.com`).inputs[0]) },
		],
		[
			'the same id twice',
			{ inputs: [...upsert({}).inputs, ...upsert({}, email.toUpperCase()).inputs] },
		],
		[
			'a property that is not unique',
			{ inputs: [{ id: 'A', idProperty: 'firstname', properties: {} }] },
		],
	])('rejects the whole batch for %s', async (_, body) => {
		const answer = await hubspot(`${contacts}/batch/upsert`, { body });
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ category: 'VALIDATION_ERROR' });
		expect((await at.world.state()).hubspot['contacts']).toHaveLength(1);
	});

	it('writes the good ones and answers 207 when every input is traced', async () => {
		const { status, body } = await hubspot(`${contacts}/batch/upsert`, {
			body: {
				inputs: [
					{ ...upsert({ firstname: 'A' }).inputs[0], objectWriteTraceId: 'one' },
					{ ...upsert({ nope: 'x' }, 'b@b.com').inputs[0], objectWriteTraceId: 'two' },
				],
			},
		});
		expect(status).toBe(207);
		expect(body).toMatchObject({
			numErrors: 1,
			results: [{ objectWriteTraceId: 'one' }],
			errors: [{ context: { objectWriteTraceId: ['two'] } }],
		});
	});

	it('reads a batch by email and says 207 for the missing', async () => {
		const { status, body } = await hubspot(`${contacts}/batch/read`, {
			body: {
				idProperty: 'email',
				properties: ['jobtitle', 'mobilephone'],
				inputs: [{ id: 'helen.marsh@cedarpoint-foods.com' }, { id: 'gone@gone.com' }],
			},
		});
		expect(status).toBe(207);
		expect(body).toMatchObject({
			results: [{ properties: { jobtitle: 'Chief Operating Officer', mobilephone: null } }],
			numErrors: 1,
			errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['gone@gone.com'] } }],
		});
	});

	it('does not move the lifecycle stage backwards, unless cleared first', async () => {
		const stage = async (lifecyclestage: string) => {
			const id = 'helen.marsh@cedarpoint-foods.com';
			await hubspot(`${contacts}/${id}?idProperty=email`, {
				method: 'PATCH',
				body: { properties: { lifecyclestage } },
			});
			const read = await hubspot(`${contacts}/${id}?idProperty=email&properties=lifecyclestage`);
			return read.body['properties']?.['lifecyclestage'];
		};
		expect(await stage('lead')).toBe('customer');
		expect(await stage('')).toBeNull();
		expect(await stage('lead')).toBe('lead');
	});

	it('answers 409 with the existing id when created twice', async () => {
		await hubspot(contacts, { body: { properties: { email }, associations: [] } });
		const { status, body } = await hubspot(contacts, { body: { properties: { email } } });
		expect(status).toBe(409);
		expect(body['message']).toMatch(/^Contact already exists. Existing ID: \d+$/);
	});

	it('finds by search, and checks the search', async () => {
		const search = (filters: unknown, rest = {}) =>
			hubspot(`${contacts}/search`, { body: { filterGroups: [{ filters }], ...rest } });
		const byOwner = { propertyName: 'hubspot_owner_id', operator: 'EQ', value: '70100002' };
		expect((await search([byOwner])).body).toMatchObject({ total: 1 });
		const scored = { propertyName: 'lead_score', operator: 'GTE', value: '100' };
		expect((await search([scored])).body).toMatchObject({ total: 0 });
		expect((await search([{ ...byOwner, propertyName: 'nope' }])).status).toBe(400);
		expect((await search([byOwner], { limit: 201 })).status).toBe(400);
	});

	it('wants its own token and a JSON body', async () => {
		const headers = { authorization: 'Bearer other' };
		expect((await hubspot(`${contacts}/1`, { headers })).body).toMatchObject({
			category: 'INVALID_AUTHENTICATION',
		});
		const plain = { 'content-type': 'text/plain' };
		expect((await hubspot(contacts, { headers: plain, body: '{}' })).status).toBe(415);
	});

	it('tells its limits', async () => {
		const { headers } = await hubspot('/account-info/v3/details');
		expect(headers).toMatchObject({ 'x-hubspot-ratelimit-max': '190' });
	});
});

describe('HubSpot tasks, owners, properties', () => {
	it('makes a task on a contact and finds it from both sides', async () => {
		const contact = await hubspot(contacts, { body: { properties: { email } } });
		const id = contact.body['id'];
		const task = (properties: unknown, to: unknown = id) =>
			hubspot('/crm/objects/2026-09/tasks', {
				body: {
					properties,
					associations: [
						{
							to: { id: to },
							types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 }],
						},
					],
				},
			});
		const good = {
			hs_timestamp: '1795000000000',
			hs_task_subject: 'Call',
			hs_task_priority: 'HIGH',
		};
		const made = await task(good);
		expect(made.status).toBe(201);
		expect((await task({ hs_task_subject: 'Call' })).body).toMatchObject({
			errors: [{ code: 'MISSING_REQUIRED_PROPERTY' }],
		});
		expect((await task(good, '999')).status).toBe(404);
		expect((await task({ ...good, hs_task_priority: 'URGENT' })).status).toBe(400);
		const read = await hubspot('/crm/v4/associations/contacts/tasks/batch/read', {
			body: { inputs: [{ id }] },
		});
		expect(read.body['results']?.[0]?.['to']?.[0]).toMatchObject({
			toObjectId: Number(made.body['id']),
			associationTypes: [{ typeId: 203 }],
		});
	});

	it('knows the team as owners', async () => {
		expect((await hubspot('/crm/owners/2026-09')).body['results']).toHaveLength(team.length);
		const one = await hubspot(`/crm/v3/owners?email=${team[2]?.email}`);
		expect(one.body).toMatchObject({ results: [{ id: team[2]?.hubspotOwnerId }] });
	});

	it('publishes its properties with options', async () => {
		const { body } = await hubspot('/crm/properties/2026-09/contacts/lifecyclestage');
		expect(body).toMatchObject({
			type: 'enumeration',
			modificationMetadata: { readOnlyValue: false },
		});
		const stages = body['options'] as unknown as Array<{ value: string }>;
		expect(stages.map(({ value }) => value)).toContain('marketingqualifiedlead');
	});
});

describe('HubSpot Contacts v1', () => {
	it('serves what the built-in n8n node calls', async () => {
		const path = `/contacts/v1/contact/createOrUpdate/email/${encodeURIComponent(email)}`;
		const body = { properties: [{ property: 'firstname', value: 'A' }] };
		const first = await hubspot(path, { body });
		expect(first.body).toMatchObject({ isNew: true });
		expect((await hubspot(path, { body })).body).toMatchObject({ isNew: false });
		const profile = await hubspot(`/contacts/v1/contact/vid/${String(first.body['vid'])}/profile`);
		expect(profile.body['properties']).toMatchObject({ email: { value: email } });
		const wrong = await hubspot(path, { body: { properties: [{ property: 'nope', value: 1 }] } });
		expect(wrong.body).toMatchObject({ validationResults: [{ error: 'PROPERTY_DOESNT_EXIST' }] });
	});
});
