import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Dedupe } from '../../nodes/Dedupe/Dedupe.node';

/** n8n, as far as this node sees it. */
const execute = async (items: IDataObject[], parameters: IDataObject, onError?: string) =>
	await new Dedupe().execute.call({
		getNode: () => ({ name: 'Dedupe', type: 'n8n-nodes-lead-handoff.dedupe', onError }),
		getWorkflow: () => ({ id: 'w' }),
		getExecutionId: () => '1',
		getInputData: () => items.map((json) => ({ json })),
		continueOnFail: () => onError !== undefined,
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			parameters[name] ?? fallback,
	} as unknown as IExecuteFunctions);

const event = (eventId: string) => ({ verification: { eventId } });
const claim = { operation: 'claim', recipe: 'event-id' };

describe('Dedupe whose store cannot be opened', () => {
	const before = process.env['N8N_USER_FOLDER'];
	const folder = mkdtempSync(join(tmpdir(), 'dedupe-'));
	const inTheWay = join(folder, '.n8n', 'lead-handoff.sqlite');

	beforeAll(() => {
		process.env['N8N_USER_FOLDER'] = folder;
		mkdirSync(inTheWay, { recursive: true });
	});

	afterAll(() => {
		process.env['N8N_USER_FOLDER'] = before;
		if (before === undefined) delete process.env['N8N_USER_FOLDER'];
		rmSync(folder, { recursive: true });
	});

	it.each<[string, IDataObject, IDataObject]>([
		['claim', claim, {}],
		['complete', { operation: 'complete' }, { dedupe: { key: 'k', token: 't', scope: 'w' } }],
		['release', { operation: 'release' }, { dedupe: { key: 'k', token: 't', scope: 'w' } }],
	])('%s: fails every item, and lets none through', async (_name, parameters, carried) => {
		const items = [event('1'), event('2')].map((item) => ({ ...item, ...carried }));
		const [first, ...others] = await execute(items, parameters, 'continueErrorOutput');
		expect(others.flat()).toEqual([]);
		expect(first?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { json } of first ?? []) {
			// Nothing but these keys: n8n itself takes such an item to the error output, with its input.
			expect(Object.keys(json).sort()).toEqual(['details', 'error']);
			expect(json['details']).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
		}
	});

	it('stops the run where nobody catches it', async () => {
		await expect(execute([event('1')], claim)).rejects.toThrow(/store .* cannot be used/);
	});

	it('claims as soon as the store can be opened again', async () => {
		rmSync(inTheWay, { recursive: true });
		const [fresh] = await execute([event('1')], claim, 'continueErrorOutput');
		expect(fresh?.[0]?.json['dedupe']).toMatchObject({ outcome: 'new', key: 'event:1' });
	});
});
