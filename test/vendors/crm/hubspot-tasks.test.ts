import { hubspot } from '../../../lib/vendors/crm/hubspot';
import type { TaskWrite } from '../../../lib/vendors/crm/port';
import { FakeHubSpot, ok, refused } from './fake-hubspot';

const open = () => {
	const fake = new FakeHubSpot();
	return { fake, crm: hubspot.open(fake.http, { apiVersion: '2026-09' }) };
};

describe('tasks', () => {
	const task: TaskWrite = {
		recordId: '7',
		key: 'evt-1',
		subject: 'Call',
		body: '<b>a</b>\nb',
		dueAt: Date.UTC(2026, 10, 21, 9),
		ownerId: '9',
		priority: 'HIGH',
		kind: 'CALL',
	};
	const creates = (fake: FakeHubSpot) =>
		fake.paths().filter((path) => path.endsWith('/tasks')).length;

	test('is made with its due date, owner and contact, and its text is no markup', async () => {
		const { fake, crm } = open();
		expect((await crm.createTask(task)).operation).toBe('created');
		expect(fake.tasks[0]).toMatchObject({
			contact: '7',
			properties: {
				hs_timestamp: '2026-11-21T09:00:00.000Z',
				hubspot_owner_id: '9',
				hs_task_type: 'CALL',
			},
		});
		expect(fake.tasks[0]?.properties['hs_task_body']).toMatch(
			/^&lt;b&gt;a&lt;\/b&gt;<br>b<br><br>Ref: leadhandoff[0-9a-f]{24}$/,
		);
	});

	test('with the same key is found and not made again; with another it is', async () => {
		const { fake, crm } = open();
		const first = await crm.createTask(task);
		expect(await crm.createTask(task)).toEqual({ taskId: first.taskId, operation: 'unchanged' });
		expect((await crm.createTask({ ...task, key: 'evt-2' })).operation).toBe('created');
		expect(fake.tasks).toHaveLength(2);
	});

	test('whose answer was lost is found on the contact, though the search does not know it yet', async () => {
		const { fake, crm } = open();
		fake.indexed = false;
		fake.faults.push({ path: '/tasks', answer: ok({ results: [] }) });
		fake.faults.push({ path: '/tasks', answer: 'lost after the write' });
		const made = await crm.createTask(task);
		expect(made).toEqual({ taskId: fake.tasks[0]?.id, operation: 'created' });
		expect(creates(fake)).toBe(1);
	});

	test('that was lost on the way is sent again', async () => {
		const { fake, crm } = open();
		fake.faults.push({ path: '/tasks', answer: 'lost' });
		await crm.createTask({ ...task, newRecord: true });
		expect(fake.tasks).toHaveLength(1);
		expect(creates(fake)).toBe(2);
	});

	test('tried before is looked for on the contact before it is made', async () => {
		const { fake, crm } = open();
		await crm.createTask(task);
		fake.indexed = false;
		expect((await crm.createTask({ ...task, triedBefore: true })).operation).toBe('unchanged');
		expect(fake.tasks).toHaveLength(1);
	});

	test('that HubSpot refuses is not sent again', async () => {
		const { fake, crm } = open();
		fake.faults.push({ path: '/tasks', answer: refused('no owner 9') });
		await expect(crm.createTask({ ...task, newRecord: true })).rejects.toMatchObject({
			code: 'FIELD_MISMATCH',
		});
		expect(creates(fake)).toBe(1);
	});
});
