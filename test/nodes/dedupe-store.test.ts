import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { subjectOf } from '../../lib/runtime/store/subject';
import { event, execute, outcomes } from './dedupe-host';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'dedupe-'));
afterAll(() => openSqliteStore().close());

const run = async (leads: IDataObject[], parameters: IDataObject) =>
	(await execute(leads, parameters)).outputs;

const claim = (leads: IDataObject[]) => run(leads, { operation: 'claim', recipe: 'event-id' });
it('claims, completes and replays a batch; an item that holds no claim fails alone', async () => {
	const [fresh = []] = await claim([event('1'), event('2')]);
	expect(outcomes(fresh)).toEqual(['new', 'new']);
	const results = { operation: 'complete', result: { id: 7 } };
	const [done = []] = await run([fresh[0]!, event('unclaimed'), fresh[1]!], results);
	expect(outcomes(done)).toEqual(['completed', undefined, 'completed']);
	expect(JSON.stringify(done[1])).toContain('INVALID_INPUT');
	const [, repeats = []] = await claim([event('2'), event('1')]);
	expect(repeats.map(({ dedupe }) => (dedupe as IDataObject)['firstResult'])).toEqual([
		{ id: 7 },
		{ id: 7 },
	]);
	const [again = []] = await run(fresh, results);
	expect(JSON.stringify(again)).toMatch(/LEASE_LOST.*LEASE_LOST/);
});

it('gives a batch back, and lets pass what was never claimed', async () => {
	const [fresh = []] = await claim([event('3')]);
	const [back = []] = await run([event('unclaimed'), fresh[0]!], { operation: 'release' });
	expect(outcomes(back)).toEqual([undefined, 'released']);
	const [lost = []] = await run(fresh, { operation: 'release' });
	expect(outcomes(lost)).toEqual(['lost']);
	expect(outcomes((await claim([event('3')]))[0])).toEqual(['new']);
});

it('is found by the person when it is to be erased', async () => {
	await claim([event('4', 'Bob@example.com'), event('5', 'bob@example.com ')]);
	expect(await openSqliteStore().erase(subjectOf('bob@example.com'))).toMatchObject({ claims: 2 });
});
