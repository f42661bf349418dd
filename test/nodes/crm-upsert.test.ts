import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { CrmUpsert } from '../../nodes/CrmUpsert/CrmUpsert.node';
import { FakeHubSpot } from '../vendors/crm/fake-hubspot';
import { crmOf, lead, n8n, run } from './crm-upsert-host';

test('a new lead becomes a contact with the standard fields, and the item says so', async () => {
	const { written, failed, fake } = await run([lead()]);
	expect(failed).toEqual([]);
	expect(crmOf(written[0])).toMatchObject({
		ok: true,
		system: 'hubspot',
		apiVersion: '2026-09',
		recordId: fake.contacts[0]?.id,
		url: `https://app-eu1.hubspot.com/contacts/4242/record/0-1/${fake.contacts[0]?.id}`,
		operation: 'created',
	});
	expect(fake.contacts[0]?.properties).toEqual({
		email: 'p1@example.com',
		firstname: 'Maria',
		lastname: 'Keller',
		phone: '+4915112345678',
		jobtitle: 'CTO',
		company: 'Example',
		website: 'example.com',
		country: 'Germany',
	});
	expect(written[0]?.json['score']).toEqual({ value: 80 });
	expect(written[0]?.pairedItem).toEqual({ item: 0 });
});

test('250 leads are three upserts, and the second run writes nothing', async () => {
	const { fake, again } = await run(Array.from({ length: 250 }, (_, n) => lead(n)));
	expect(fake.paths().filter((path) => path.endsWith('upsert'))).toHaveLength(3);
	fake.calls.length = 0;
	const [written] = await again();
	expect(written).toHaveLength(250);
	expect(new Set(written.map((item) => crmOf(item)['operation']))).toEqual(new Set(['unchanged']));
	// The link is remembered too.
	expect(fake.paths().every((path) => path.endsWith('batch/read'))).toBe(true);
});

test('standard fields can be left out', async () => {
	const { fake } = await run([lead()], { standardFields: false });
	expect(fake.contacts[0]?.properties).toEqual({ email: 'p1@example.com' });
});

describe('additional properties', () => {
	const mapped = (value: IDataObject, options: IDataObject = {}) => ({
		'additionalProperties.value': value,
		options,
	});

	test('are written as text', async () => {
		const { fake } = await run([lead()], mapped({ lead_score: 80 }));
		expect(fake.contacts[0]?.properties['lead_score']).toBe('80');
	});

	test('with a wrong picklist value fail before anything is written, and alone', async () => {
		const status = (json: IDataObject) => ({
			hs_lead_status: JSON.stringify(json).includes('p1@') ? 'HOT' : 'NEW',
		});
		const { written, failed, fake } = await run([lead(1), lead(2)], {
			'additionalProperties.value': status,
		} as unknown as IDataObject);
		expect(crmOf(failed[0])).toMatchObject({
			ok: false,
			code: 'FIELD_MISMATCH',
			message: 'Property \'hs_lead_status\' does not take "HOT". Allowed are: NEW, OPEN',
			retryable: false,
			properties: ['hs_lead_status'],
		});
		expect(written).toHaveLength(1);
		expect(fake.contacts.map(({ properties }) => properties['email'])).toEqual(['p2@example.com']);
	});

	test('without the check HubSpot says it itself', async () => {
		const { failed, fake } = await run(
			[lead()],
			mapped({ hs_lead_status: 'HOT' }, { checkValues: false }),
		);
		expect(crmOf(failed[0])).toMatchObject({
			code: 'FIELD_MISMATCH',
			message:
				'HubSpot refused: hs_lead_status: HOT was not one of the allowed options: [NEW, OPEN]',
			properties: ['hs_lead_status'],
		});
		expect(fake.paths().some((path) => path.includes('/properties/'))).toBe(false);
	});

	test('definitions are read once, and once more before a lead is refused', async () => {
		const good = await run([lead(1), lead(2)], mapped({ lead_score: 1 }));
		await good.again();
		const asked = (fake: FakeHubSpot) =>
			fake.paths().filter((path) => path.includes('/properties/')).length;
		expect(asked(good.fake)).toBe(1);
		const bad = await run([lead()], mapped({ lead_score: 'x' }));
		await bad.again();
		expect(asked(bad.fake)).toBe(3);
	});
});

describe('what is thrown', () => {
	test('a lead without an address is not asked for, and its neighbour is written', async () => {
		const { written } = await run([lead(1, { identity: {} }), lead(2)]);
		expect(written[0]?.json['error']).toEqual(expect.any(String));
		expect(written[0]?.json['details']).toMatchObject({ code: 'INVALID_INPUT' });
		expect(crmOf(written[1])).toMatchObject({ operation: 'created' });
	});

	test('a rejected key fails every item with AUTH_FAILED', async () => {
		const fake = new FakeHubSpot();
		const answer = {
			status: 401,
			headers: {},
			body: { message: 'Authentication credentials not found' },
		};
		fake.faults.push({ path: 'batch/read', answer });
		const { written } = await run([lead(1), lead(2)], {}, fake);
		expect(written.map((item) => (item.json['details'] as IDataObject)['code'])).toEqual([
			'AUTH_FAILED',
			'AUTH_FAILED',
		]);
	});

	test('a credential that is not set is named', async () => {
		const { written } = await run([lead()], { authentication: 'hubspotOAuth2Api' });
		expect((written[0]?.json['details'] as IDataObject)['message']).toContain(
			'no HubSpot credential',
		);
	});

	test('no items, no calls', async () => {
		const { written, fake } = await run([]);
		expect([written, fake.calls]).toEqual([[], []]);
	});
});

describe('the editor', () => {
	const editor = () => {
		const { context } = n8n([], {});
		return {
			getNode: context.getNode,
			helpers: context.helpers,
			getNodeParameter: (_name: string, fallback: unknown) => fallback,
		} as unknown as ILoadOptionsFunctions;
	};
	const { methods } = new CrmUpsert();

	test('lists what can be written, picklists with their values', async () => {
		const { fields } = await methods.resourceMapping.getContactProperties.call(editor());
		expect(fields.map(({ id }) => id)).toEqual(['lead_score', 'original_source', 'hs_lead_status']);
		expect(fields[2]).toMatchObject({
			type: 'options',
			options: [
				{ name: 'New', value: 'NEW' },
				{ name: 'Open', value: 'OPEN' },
			],
		});
	});

	test('finds owners by name or address', async () => {
		const { results } = await methods.listSearch.searchOwners.call(editor(), 'b@x');
		expect(results).toEqual([{ name: 'A (b@x.co)', value: '2' }]);
	});
});

describe('Find', () => {
	test('says who is there already and whose, and who is not, in one call', async () => {
		const { fake } = await run([lead(1)], { ownerId: '70100002' });
		fake.calls.length = 0;
		const [found, missing] = await n8n([lead(2), lead(1)], { operation: 'find' }, fake).again();
		expect(fake.paths()).toEqual([expect.stringContaining('contacts/batch/read')]);
		expect(missing.map(crmOf)).toEqual([expect.objectContaining({ ok: true, found: false })]);
		expect(missing[0]?.pairedItem).toEqual({ item: 0 });
		expect(found.map(crmOf)).toEqual([
			expect.objectContaining({
				found: true,
				recordId: fake.contacts[0]?.id,
				owner: { id: '70100002' },
			}),
		]);
	});
});
