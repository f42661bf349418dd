import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { subjectOf } from '../../lib/runtime/store/subject';
import { count } from '../../nodes/Dedupe/counters';
import { execute, outcomes } from './dedupe-host';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'dedupe-order-'));
afterAll(() => openSqliteStore().close());

const byEntity = ({ about }: IDataObject) => about;
const enter = (about: unknown[], executionId: string, options: IDataObject = {}) =>
	execute(
		about.map((one) => ({ about: one }) as IDataObject),
		{ resource: 'order', operation: 'enter', entity: byEntity as never, options },
		{ executionId },
	);
const leave = (items: IDataObject[] = []) =>
	execute(items, { resource: 'order', operation: 'leave' });
const now = { waitSeconds: 0 };
const patient = { waitSeconds: 20 };
const entered = (items?: IDataObject[]) => outcomes(items, 'order');

describe('the turn of a lead', () => {
	it('goes from one execution to the next, in the order of coming', async () => {
		const first = await enter(['ada'], '1');
		expect(entered(first.outputs[0])).toEqual(['entered']);
		const done: string[] = [];
		const wait = async (id: string) => {
			const run = await enter(['ada'], id, patient);
			done.push(id);
			await leave(run.outputs[0]);
			return run.outputs[0]?.[0]?.['order'];
		};
		const second = wait('2');
		await new Promise((resolve) => setImmediate(resolve));
		const third = wait('3');
		expect(entered((await enter(['ada'], '4', now)).outputs[1])).toEqual(['timed-out']);
		expect(entered((await leave(first.outputs[0])).outputs[0])).toEqual(['left']);
		const numbers = (await Promise.all([second, third])).map((order) =>
			(order as { held: Array<{ number: number }> }).held.map(({ number }) => number),
		);
		expect(done).toEqual(['2', '3']);
		expect(numbers).toEqual([[2], [3]]);
	});

	it('is one for all items of a lead in a batch, and given back once', async () => {
		const run = await enter(['bob', 'eve', 'bob'], '1');
		expect(entered(run.outputs[0])).toEqual(['entered', 'entered', 'entered']);
		expect(entered((await enter(['bob'], '2', now)).outputs[1])).toEqual(['timed-out']);
		expect(entered((await leave(run.outputs[0])).outputs[0])).toEqual(['left', 'left', 'left']);
		expect(entered((await leave(run.outputs[0])).outputs[0])).toEqual(Array(3).fill('not-held'));
		expect(entered((await enter(['bob'], '2', now)).outputs[0])).toEqual(['entered']);
	});

	it('is taken for all entities of an item or for none', async () => {
		await enter(['h2'], '1');
		const [inside, out] = (await enter([['h1', 'h2'], 'h3'], '2', now)).outputs;
		expect([entered(inside), entered(out)]).toEqual([['entered'], ['timed-out']]);
		expect(entered((await enter(['h1'], '3', now)).outputs[0])).toEqual(['entered']);
		expect(entered((await enter(['h3'], '3', now)).outputs[1])).toEqual(['timed-out']);
	});

	it('that an execution had before is not given back when it cannot have another', async () => {
		await enter(['i2'], '1');
		await enter(['i1'], '2');
		expect(entered((await enter([['i1', 'i2']], '2', now)).outputs[1])).toEqual(['timed-out']);
		expect(entered((await enter(['i1'], '3', now)).outputs[1])).toEqual(['timed-out']);
	});

	it('is free when the execution has ended, however it has', async () => {
		const run = await enter(['carl'], '1');
		await run.end(new Error('broken'));
		expect(entered((await enter(['carl'], '2', now)).outputs[0])).toEqual(['entered']);
	});

	it('is not for an item that says of nobody', async () => {
		const [failed] = (await enter(['', 'dora', null, ['x', '']], '1')).outputs;
		expect(entered(failed)).toEqual([undefined, 'entered', undefined, undefined]);
		expect(JSON.stringify(failed?.[0])).toContain('INVALID_INPUT');
		const [never] = (await leave([{ id: 1 }])).outputs;
		expect(JSON.stringify(never?.[0])).toContain('INVALID_INPUT');
	});
});

describe('the sequence of events', () => {
	const check = async (events: Array<[string, unknown]>, orderedBy = 'time') =>
		(
			await execute(
				events.map(
					([about, at]) => ({ about, at, verification: { scheme: 'form' } }) as IDataObject,
				),
				{
					resource: 'order',
					operation: 'checkSequence',
					entity: byEntity as never,
					position: (({ at }: IDataObject) => at) as never,
					orderedBy,
				},
			)
		).outputs.map((items) => items.map(({ sequence, details }) => sequence ?? details));

	it('marks late events and lets all through', async () => {
		const [inOrder, late] = await check([
			['s1', '2026-11-23T10:00:00Z'],
			['s2', '2026-11-23T09:00:00Z'],
			['s1', '2026-11-23T09:59:00Z'],
			['s1', 'never'],
		]);
		expect(inOrder).toMatchObject([
			{ outcome: 'in-order', place: 'first' },
			{ outcome: 'in-order', place: 'first' },
			{ code: 'INVALID_INPUT' },
		]);
		expect(late).toEqual([{ outcome: 'late', behind: 60_000 }]);
	});

	it('does not let a clock that is far ahead make everything after it late', async () => {
		const soon = new Date(Date.now() + 1000).toISOString();
		const [inOrder, late] = await check([
			['ahead', '2036-11-23T10:00:00Z'],
			['ahead', soon],
		]);
		expect(late).toEqual([]);
		expect(inOrder).toEqual([
			{ outcome: 'in-order', place: 'first', missing: 0, clockAhead: expect.any(Number) },
			{ outcome: 'in-order', place: 'next', missing: 0 },
		]);
	});

	it('goes by when the event was received, not by when it is looked at', async () => {
		const at = '2026-11-20T12:00:00.000Z';
		const event = (position: string) => ({
			about: 'parked',
			at: position,
			lead: { source: { receivedAt: at } },
		});
		const parameters = {
			resource: 'order',
			operation: 'checkSequence',
			entity: byEntity as never,
			position: (({ at: position }: IDataObject) => position) as never,
			orderedBy: 'time',
		};
		const items = [event('2026-11-23T10:00:00Z'), event('2026-11-20T12:01:00Z')];
		const { outputs } = await execute(items, parameters);
		expect(outcomes(outputs[0], 'sequence')).toEqual(['in-order', 'in-order']);
	});

	it('tells what is missing between numbers', async () => {
		const [inOrder, late] = await check(
			[
				['n1', 4],
				['n1', '7'],
				['n1', 5],
			],
			'number',
		);
		expect(inOrder).toMatchObject([{ missing: 0 }, { missing: 2 }]);
		expect(late).toEqual([{ outcome: 'late', behind: 2 }]);
	});
});

it('is found by Forget where the entity is an address or a number', async () => {
	const store = openSqliteStore();
	const about = ['Ada@Order.example.com', '+49 30 901820415', '151'];
	const { outputs } = await enter(about, '1');
	await leave(outputs[0]);
	await execute(
		about.map((one) => ({ about: one })),
		{
			resource: 'order',
			operation: 'checkSequence',
			entity: byEntity as never,
			position: '2026-11-23T10:00:00Z',
			orderedBy: 'time',
		},
	);
	const erased = async (contact: string) => (await store.erase(subjectOf(contact))).entries;
	expect(await erased('ada@order.example.com')).toBe(2);
	expect(await erased('+4930901820415')).toBe(2);
	expect(await erased('151')).toBe(0);
});

it('counts by day and source', async () => {
	const store = openSqliteStore();
	const counts = async (days: number) =>
		(await execute([{}], { resource: 'event', operation: 'counts', days })).outputs[0];
	const today = new Date().toISOString().slice(0, 10);
	const lead = (id: string) => ({ lead: { source: { system: 'Shopify', eventId: id } } });
	const claim = { operation: 'claim', recipe: 'event-id' };
	await execute([lead('1'), lead('2'), lead('1'), lead('3')], claim);
	await count(store, { event: 'merged', source: 'shopify' }, 4);
	await count(store, { event: 'merge-corrected', source: 'shopify' });
	const yesterday = Date.now() - 86_400_000;
	await count(store, { event: 'merged', source: 'crm', at: yesterday });
	expect((await counts(1))?.filter(({ source }) => source === 'shopify')).toEqual([
		{
			day: today,
			source: 'shopify',
			...{ received: 4, new: 3, duplicate: 0, inProgress: 1, duplicateRate: 0.25, late: 0 },
			...{ merged: 4, mergeCorrected: 1, mergeCorrectionRate: 0.25 },
		},
	]);
	expect((await counts(2))?.filter(({ source }) => source === 'crm')).toMatchObject([
		{ merged: 1 },
	]);
	expect((await counts(1))?.some(({ source }) => source === 'form')).toBe(true);
});
