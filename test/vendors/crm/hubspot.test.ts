import { hubspot } from '../../../lib/vendors/crm/hubspot';
import type { ContactWrite, WriteResult } from '../../../lib/vendors/crm/port';
import { FakeHubSpot, refused } from './fake-hubspot';

const open = (apiVersion = '2026-09') => {
	const fake = new FakeHubSpot();
	return { fake, crm: hubspot.open(fake.http, { apiVersion }) };
};
const person = (
	n: number,
	properties: Record<string, string> = { city: 'Bonn' },
): ContactWrite => ({
	email: `p${n}@example.com`,
	properties,
});
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));
const summary = (results: WriteResult[]) =>
	results.map((result) =>
		result.ok ? result.operation : (result.error as { code?: string }).code,
	);
const writes = (fake: FakeHubSpot) => fake.paths().filter((path) => /upsert|update/.test(path));

describe('contacts', () => {
	test('250 new ones are three reads and three upserts, each result with its own record', async () => {
		const { fake, crm } = open();
		const results = await crm.upsertContacts(people(250));
		expect(writes(fake)).toHaveLength(3);
		expect(fake.calls).toHaveLength(6);
		expect(new Set(summary(results))).toEqual(new Set(['created']));
		results.forEach((result, n) => {
			const row = fake.contacts.find(
				({ properties }) => properties['email'] === `p${n}@example.com`,
			);
			expect(result.ok && result.recordId).toBe(row?.id);
		});
	});

	test('only what differs is written, by record id, and no change is no call', async () => {
		const { fake, crm } = open();
		const { id } = fake.contact({ email: 'p1@example.com', city: 'Ulm', jobtitle: 'CTO' });
		const [first] = await crm.upsertContacts([person(1, { city: 'Bonn', jobtitle: 'CTO' })]);
		expect(first).toMatchObject({
			recordId: id,
			operation: 'updated',
			changed: { city: { from: 'Ulm', to: 'Bonn' } },
		});
		expect(fake.calls.at(-1)?.body.inputs).toEqual([
			{ id, properties: { city: 'Bonn' }, objectWriteTraceId: 'contact-0' },
		]);
		fake.calls.length = 0;
		const [second] = await crm.upsertContacts([person(1, { city: 'Bonn', jobtitle: 'CTO' })]);
		expect(second).toMatchObject({ operation: 'unchanged', changed: {}, recordId: id });
		expect(writes(fake)).toEqual([]);
	});

	test('humans, first touch, stage and owner are respected', async () => {
		const { fake, crm } = open();
		fake.contact({
			email: 'p1@example.com',
			jobtitle: 'Boss',
			original_source: 'fair',
			lifecyclestage: 'customer',
			hubspot_owner_id: '7',
		});
		const write = {
			...person(1, {
				jobtitle: 'CTO',
				original_source: 'ads',
				lifecyclestage: 'lead',
				city: 'Bonn',
			}),
			writeOnce: ['original_source'],
			protect: ['jobtitle'],
			ownerId: '9',
			keepOwner: true,
		};
		const [kept] = await crm.upsertContacts([write]);
		expect(kept).toMatchObject({ ownerId: '7', changed: { city: { to: 'Bonn' } } });
		expect(kept?.ok && Object.keys(kept.kept).sort()).toEqual([
			'hubspot_owner_id',
			'jobtitle',
			'lifecyclestage',
			'original_source',
		]);
		const [taken] = await crm.upsertContacts([{ ...write, keepOwner: false }]);
		expect(taken).toMatchObject({
			ownerId: '9',
			changed: { hubspot_owner_id: { from: '7', to: '9' } },
		});
	});

	test('duplicates are one write: the later value wins, the first touch is the first', async () => {
		const { fake, crm } = open();
		const once = { writeOnce: ['original_source'] };
		const results = await crm.upsertContacts([
			{ ...person(1, { city: 'Ulm', original_source: 'ads', jobtitle: 'CTO' }), ...once },
			person(2),
			{ email: ' P1@Example.com', properties: { city: 'Bonn', original_source: 'fair' }, ...once },
		]);
		expect(writes(fake)).toHaveLength(1);
		expect(fake.contacts[0]?.properties).toEqual({
			email: 'p1@example.com',
			city: 'Bonn',
			original_source: 'ads',
			jobtitle: 'CTO',
		});
		const [one, two, three] = results.map((result) => result.ok && result.recordId);
		expect(one).toBe(three);
		expect(two).not.toBe(one);
		expect(results[2]?.ok && Object.keys(results[2].kept)).toEqual(['original_source']);
	});

	test('two addresses of one merged contact are one write', async () => {
		const { fake, crm } = open();
		fake.contact({ email: 'p1@example.com', hs_additional_emails: 'p2@example.com' });
		const results = await crm.upsertContacts([person(1), person(2, { jobtitle: 'CTO' })]);
		expect(summary(results)).toEqual(['updated', 'updated']);
		expect(writes(fake)).toHaveLength(1);
		expect(fake.calls.at(-1)?.body.inputs).toHaveLength(1);
		expect(fake.contacts).toHaveLength(1);
	});
});

describe('a bad record', () => {
	test('is isolated by halving, and its neighbours are written', async () => {
		const { fake, crm } = open();
		const all = people(8);
		all[5] = person(5, { phone: 'bad' });
		const results = await crm.upsertContacts(all);
		expect(summary(results).filter((entry) => entry === 'created')).toHaveLength(7);
		expect(results[5]).toMatchObject({ ok: false, properties: ['phone'] });
		expect(!results[5]?.ok && results[5]?.error).toMatchObject({
			code: 'FIELD_MISMATCH',
			message: 'HubSpot refused: phone: Phone number is not valid',
		});
		expect(writes(fake)).toHaveLength(7);
	});

	test('that HubSpot names is put aside at once', async () => {
		const { fake, crm } = open();
		const all = people(100).map((write, n) => (n % 2 ? person(n, { nope: '1' }) : write));
		all[0] = person(0, { hs_lead_status: 'HOT' });
		const results = await crm.upsertContacts(all);
		expect(summary(results).filter((entry) => entry === 'FIELD_MISMATCH')).toHaveLength(51);
		expect(fake.contacts).toHaveLength(49);
		expect(writes(fake)).toHaveLength(2);
	});

	test('inside a 207 fails alone, by trace id or by address', async () => {
		const { fake, crm } = open();
		fake.faults.push({
			path: 'batch/upsert',
			answer: {
				status: 207,
				headers: {},
				body: {
					status: 'COMPLETE',
					results: [{ id: '9', properties: { email: 'p1@example.com' }, new: true }],
					numErrors: 2,
					errors: [
						{
							category: 'VALIDATION_ERROR',
							message: 'no a',
							context: { objectWriteTraceId: ['contact-0'] },
						},
						{ category: 'CONFLICT', message: 'no c', context: { ids: ['p2@example.com'] } },
					],
				},
			},
		});
		const results = await crm.upsertContacts([...people(3), person(3)]);
		expect(summary(results)).toEqual([
			'FIELD_MISMATCH',
			'created',
			'CONFLICT',
			'UPSTREAM_UNAVAILABLE',
		]);
	});
});

describe('when HubSpot cannot be asked', () => {
	test('a missing scope is named, once, and the rest is not tried', async () => {
		const { fake, crm } = open();
		fake.faults.push({
			path: 'batch/upsert',
			answer: {
				status: 403,
				headers: {},
				body: {
					category: 'MISSING_SCOPES',
					message: "This app hasn't been granted all required scopes",
					errors: [
						{ message: 'x', context: { requiredGranularScopes: ['crm.objects.contacts.write'] } },
					],
				},
			},
		});
		const results = await crm.upsertContacts(people(150));
		expect(new Set(summary(results))).toEqual(new Set(['SCOPE_DENIED']));
		expect(!results[0]?.ok && results[0]?.error.message).toContain('crm.objects.contacts.write');
		expect(writes(fake)).toHaveLength(1);
	});

	test('a 401 is AUTH_FAILED', async () => {
		const { fake, crm } = open();
		fake.faults.push({
			path: 'batch/read',
			answer: { status: 401, headers: {}, body: { message: 'expired' } },
		});
		expect(summary(await crm.upsertContacts(people(1)))).toEqual(['AUTH_FAILED']);
	});

	test.each([
		['a lost answer', 'lost after the write' as const],
		['a 502', { status: 502, headers: {}, body: '' }],
		['a 429', { status: 429, headers: { 'retry-after': '1' }, body: { category: 'RATE_LIMITS' } }],
	])('%s is asked again: the same values twice do no harm', async (_name, answer) => {
		const { fake, crm } = open();
		fake.faults.push({ path: 'batch/upsert', answer });
		const [result] = await crm.upsertContacts(people(1));
		expect(result?.ok).toBe(true);
		expect(fake.contacts).toHaveLength(1);
	});

	test('what was written before the outage stays told', async () => {
		const { fake, crm } = open();
		const down = { status: 503, headers: {}, body: '' };
		fake.contact({ email: 'p0@example.com' });
		fake.faults.push(...[1, 2, 3].map(() => ({ path: 'batch/upsert', answer: down })));
		expect(summary(await crm.upsertContacts(people(2)))).toEqual([
			'updated',
			'UPSTREAM_UNAVAILABLE',
		]);
	});

	test('the address of a person is masked', async () => {
		const { fake, crm } = open();
		fake.faults.push({
			path: 'batch/upsert',
			answer: refused('Email address maria.keller@example.com is invalid'),
		});
		const [result] = await crm.upsertContacts(people(1));
		expect(!result?.ok && result?.error.message).toBe(
			'HubSpot refused: Email address m***@example.com is invalid',
		);
	});
});

describe('the account', () => {
	test('properties with their values in the order of the account', async () => {
		const properties = await open().crm.properties();
		expect(properties.find(({ name }) => name === 'hs_lead_status')).toMatchObject({
			type: 'enumeration',
			options: [{ value: 'NEW' }, { value: 'OPEN' }],
		});
		expect(properties.find(({ name }) => name === 'createdate')?.readOnly).toBe(true);
	});

	test('owners of all pages', async () => {
		expect((await open().crm.owners()).map(({ id }) => id)).toEqual(['1', '2']);
	});

	test('links point to the data centre of the account', async () => {
		const url = await open().crm.recordUrls();
		expect(url('151')).toBe('https://app-eu1.hubspot.com/contacts/4242/record/0-1/151');
	});

	test.each([
		['2026-09', '/crm/objects/2026-09/contacts/batch/read'],
		['v3', '/crm/v3/objects/contacts/batch/read'],
	])('version %s has its own paths', async (version, path) => {
		const { fake, crm } = open(version);
		await crm.upsertContacts(people(1));
		expect(fake.paths()[0]).toBe(path);
	});

	test('another version is a mistake in the node', () => {
		expect(() => open('v9')).toThrow(
			"HubSpot has no API version 'v9' here. Choose one of: 2026-09, v3",
		);
	});
});
