import { FakeHubSpot, refused } from '../vendors/crm/fake-hubspot';
import type { IDataObject } from 'n8n-workflow';
import { crmOf, DUE, lead, run, withTask } from './crm-upsert-host';

describe('the owner', () => {
	const owned = () => {
		const fake = new FakeHubSpot();
		fake.contact({ email: 'p1@example.com', hubspot_owner_id: '7' });
		return fake;
	};

	test('that the contact has is kept, and gets the task', async () => {
		const { written, fake } = await run([lead()], withTask, owned());
		expect(crmOf(written[0])).toMatchObject({
			owner: { id: '7', kept: '7', wanted: '9' },
			kept: { hubspot_owner_id: expect.stringContaining('protected') },
		});
		expect(fake.tasks[0]?.properties['hubspot_owner_id']).toBe('7');
	});

	test('is replaced when the option says so', async () => {
		const options = { keepExistingOwner: false };
		const { written } = await run([lead()], { ownerId: '9', options }, owned());
		expect(crmOf(written[0])).toMatchObject({ owner: { id: '9' } });
	});

	test('is left alone when none is given', async () => {
		const { written } = await run([lead()], { ownerId: undefined }, owned());
		expect(crmOf(written[0])['owner']).toEqual({ id: '7' });
	});
});

describe('the task', () => {
	test('is made once for a key, also in one batch and in a replay', async () => {
		const { written, again, fake } = await run([lead(), lead()], withTask);
		expect(fake.tasks).toHaveLength(1);
		const taskId = fake.tasks[0]?.id;
		expect(written.map((item) => crmOf(item)['task'])).toEqual([
			{ taskId, operation: 'created', dueAt: DUE },
			{ taskId, operation: 'unchanged', dueAt: DUE },
		]);
		const [replayed] = await again();
		expect(crmOf(replayed[0])['task']).toEqual({ taskId, operation: 'unchanged', dueAt: DUE });
		expect(fake.tasks).toHaveLength(1);
	});

	test('is made for each person, even where the key does not tell them apart', async () => {
		const { fake } = await run([lead(1), lead(2)], { ...withTask, taskKey: 'campaign-1' });
		const called = fake.tasks.map(({ contact }) => contact).sort();
		expect(called).toEqual(fake.contacts.map(({ id }) => id).sort());
	});

	test('whose answer is lost is made once all the same', async () => {
		const fake = new FakeHubSpot();
		fake.indexed = false;
		fake.faults.push({ path: '/tasks', answer: 'lost after the write' });
		const { written } = await run([lead()], withTask, fake);
		expect(fake.tasks).toHaveLength(1);
		expect(crmOf(written[0])['task']).toMatchObject({ taskId: fake.tasks[0]?.id });
	});

	test('that is refused sends the lead to Failed with its record, and a replay adds only the task', async () => {
		const fake = new FakeHubSpot();
		fake.faults.push({ path: '/tasks', answer: refused('Owner 9 is not active') });
		const { failed, written, again } = await run([lead()], withTask, fake);
		expect(written).toEqual([]);
		expect(crmOf(failed[0])).toMatchObject({
			ok: false,
			stage: 'task',
			code: 'FIELD_MISMATCH',
			message: 'HubSpot refused: Owner 9 is not active',
			recordId: fake.contacts[0]?.id,
			operation: 'created',
		});
		const [replayed] = await again();
		expect(crmOf(replayed[0])).toMatchObject({
			operation: 'unchanged',
			task: { operation: 'created' },
		});
		expect(fake.contacts).toHaveLength(1);
	});

	test('without an owner is a failure that can be seen', async () => {
		const { failed } = await run([lead()], { ...withTask, ownerId: '' });
		expect(crmOf(failed[0])).toMatchObject({
			code: 'INVALID_INPUT',
			stage: 'task',
			operation: 'created',
		});
	});

	test.each([['2026-11-21T15:30:00'], ['tomorrow'], ['']])(
		'due %j is refused before a write',
		async (due) => {
			const { written, fake } = await run([lead()], { ...withTask, taskDueAt: due });
			expect((written[0]?.json['details'] as IDataObject)['message']).toContain("'Task Due'");
			expect(fake.calls).toEqual([]);
		},
	);
});

describe('what the person said', () => {
	const consent = (channels: IDataObject) => lead(1, { consent: { channels } });

	test('keeps the owner from calling who does not want to be called', async () => {
		const { fake } = await run([consent({ phone: false })], withTask);
		expect(fake.tasks[0]?.properties).toMatchObject({
			hs_task_type: 'TODO',
			hs_task_body: expect.stringContaining('Do not call: the person refused phone.<br>now'),
		});
	});

	test('leaves the task alone where nobody refused', async () => {
		const { fake } = await run([consent({ phone: true, email: false })], withTask);
		expect(fake.tasks[0]?.properties['hs_task_type']).toBe('CALL');
		expect(fake.tasks[0]?.properties['hs_task_body']).not.toContain('Do not call');
	});

	test('to the CRM before stands against a later yes', async () => {
		const fake = new FakeHubSpot();
		fake.contact({ email: 'p1@example.com', consent_email: 'false' });
		const value = { consent_email: true };
		const options = { checkValues: false };
		const { written } = await run(
			[consent({ email: true })],
			{ 'additionalProperties.value': value, options },
			fake,
		);
		expect(fake.contacts[0]?.properties['consent_email']).toBe('false');
		expect(crmOf(written[0])['kept']).toEqual({
			consent_email: 'the person refused before, and a later yes does not lift that',
		});
	});
});
