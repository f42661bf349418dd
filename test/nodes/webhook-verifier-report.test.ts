import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { countDelivery } from '../../lib/vendors/delivery-counts';
import { run, signed, withStore } from './webhook-verifier-host';

const folder = withStore();
const HOUR = 3_600_000;
const NOW = Date.now();

const report = async (parameters: IDataObject = {}, onError?: string) => {
	const { outputs } = await run({
		items: [{ json: { asked: 1 } }, { json: { asked: 2 } }],
		parameters: { operation: 'report', ...parameters },
		credentials: {},
		...(onError && { onError }),
	});
	expect(outputs).toHaveLength(1);
	return outputs[0] ?? [];
};

beforeAll(() => {
	const store = openSqliteStore();
	for (let count = 0; count < 20; count += 1)
		countDelivery(store, { source: 'good', outcome: 'accepted', lagMs: 800, now: NOW });
	for (let count = 0; count < 3; count += 1)
		countDelivery(store, { source: 'bad', outcome: 'accepted', secretIndex: 1, now: NOW });
	for (let count = 0; count < 7; count += 1)
		countDelivery(store, { source: 'bad', outcome: 'MISMATCH', now: NOW });
	countDelivery(store, { source: 'quiet', outcome: 'accepted', now: NOW - 30 * HOUR });
});

it('gives one item per source, whatever came in, with numbers and findings in words', async () => {
	const items = await report();
	expect(items.map(({ json }) => [json['source'], json['healthy']])).toEqual([
		['bad', false],
		['good', true],
		['quiet', false],
	]);
	expect(items[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	expect(items[0]?.json).toMatchObject({
		windowHours: 24,
		accepted: 3,
		refused: 7,
		refusedBy: { MISMATCH: 7 },
		acceptedWithOlderSecret: 3,
		findings: [
			{ code: 'REFUSALS', message: expect.stringMatching(/^7 of 10 .*70 %.*MISMATCH/) as string },
			{ code: 'OLDER_SECRET', unhealthy: false },
		],
	});
	expect(items[1]?.json).toMatchObject({
		accepted: 20,
		findings: [],
		lag: { upTo1s: 20, maxMs: 800 },
		lastAcceptedAt: new Date(NOW).toISOString(),
		lastRefusedAt: null,
	});
	expect(items[2]?.json).toMatchObject({ accepted: 0, findings: [{ code: 'SILENT' }] });
});

it('reports the sources that are named, also one that never sent anything', async () => {
	const items = await report({ sources: ' good, never ,good' });
	expect(items.map(({ json }) => [json['source'], json['healthy']])).toEqual([
		['good', true],
		['never', false],
	]);
});

it('judges by the limits of the panel', async () => {
	const items = await report({
		sources: 'bad,quiet',
		'reportOptions.refusedPercent': 70,
		'reportOptions.silentHours': 0,
		'reportOptions.windowHours': 48,
	});
	expect(items.map(({ json }) => [json['healthy'], json['accepted']])).toEqual([
		[true, 3],
		[true, 1],
	]);
});

it.each([
	['reportOptions.windowHours', 193, /'Hours to Look At' is 193.*192/],
	['reportOptions.windowHours', 0, /'Hours to Look At' is 0/],
	['reportOptions.latePercent', 'many', /'latePercent'/],
])('refuses %s = %s', async (name, value, message) => {
	await expect(report({ [name]: value })).rejects.toThrow(message);
	const [failed] = await report({ [name]: value }, 'continueErrorOutput');
	expect(failed?.json['details']).toMatchObject({ code: 'CONFIG_INVALID', stage: 'reported' });
});

it('says that the store is away; a delivery is verified all the same', async () => {
	const path = join(folder, '.n8n', 'lead-handoff.sqlite');
	await openSqliteStore().close();
	for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
	mkdirSync(path);
	await expect(report()).rejects.toThrow(/store .* cannot be used/);
	const { outputs } = await run({
		items: [signed('stripe', '{"id":"evt_1"}')],
		parameters: { sender: 'stripe' },
	});
	expect(outputs[0]).toHaveLength(1);
	const failed = await run({
		items: [signed('stripe', '{"id":"evt_2"}')],
		parameters: { sender: 'stripe', refuseReplays: true },
		onError: 'continueErrorOutput',
	});
	expect(failed.outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'STORE_UNAVAILABLE' });
	rmSync(path, { recursive: true });
});
