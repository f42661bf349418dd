import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askEntityMap } from '../../lib/runtime/entity-map';
import { memoryStore } from '../../lib/runtime/store/memory';
import { openRedisStore, openSqliteStore } from '../../lib/runtime/store/open';
import type { Store } from '../../lib/runtime/store/port';
import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { mapWorld, record } from '../identity/map-world';
import { startRedis, type RedisServer } from './store/redis-server';

let server: RedisServer;
beforeAll(async () => (server = await startRedis()));
afterAll(() => server.stop());

const engines: Array<[string, () => Store]> = [
	['memory', memoryStore],
	['sqlite', () => openSqliteStore(join(mkdtempSync(join(tmpdir(), 'map-')), 'map.sqlite'))],
	['redis', () => openRedisStore({ host: '127.0.0.1', port: server.port })],
];

describe.each(engines)('two workers on %s', (_name, open) => {
	it('who meet the same new people at once end with the same ids', async () => {
		const store = open();
		const worker = (name: string) => {
			const world = mapWorld(DEFAULT_RULES, store);
			const people = Array.from({ length: 40 }, (_, index) => `p${index}@acme.de`);
			// Each knows the people by another key besides, and in another order.
			const records = people.map((email, index) =>
				record({
					emails: [email],
					ids: name === 'a' ? [{ system: 'hubspot', id: `${index}x` }] : [],
				}),
			);
			return world.resolveAll(name === 'a' ? records : records.toReversed());
		};
		const [one, other] = await Promise.all([worker('a'), worker('b')]);
		await worker('b');
		const [again] = await Promise.all([worker('a')]);
		const ids = (decisions: typeof one) => decisions.map(({ entityId }) => entityId);
		expect(ids(one)).toEqual(ids(other).toReversed());
		expect(ids(again)).toEqual(ids(one));
		expect(one.concat(other).filter(({ outcome }) => outcome === 'new')).toHaveLength(40);
		await store.close();
	});
});

describe('a batch', () => {
	it('costs three round trips, however long', async () => {
		const store = memoryStore();
		const calls: string[] = [];
		const counting: Store = {
			...store,
			get: (keys) => (calls.push('get'), store.get(keys)),
			commit: (all) => (calls.push('commit'), store.commit(all)),
		};
		const world = mapWorld(DEFAULT_RULES, counting);
		const records = Array.from({ length: 200 }, (_, index) =>
			record({ emails: [`p${index}@acme.de`] }),
		);
		await world.resolveAll(records);
		expect(calls).toEqual(['get', 'commit']);
		await world.resolveAll(records);
		expect(calls).toEqual(['get', 'commit', 'get', 'get', 'commit']);
	});

	it('is asked again, from where another worker was faster, and gives up at last', async () => {
		const store = memoryStore();
		let [late, times] = [2, 0];
		const racing: Store = {
			...store,
			commit: async (all) => {
				if (late-- > 0)
					await store.set([
						{ key: 'identity:v1:main:x', value: `${++times}`, expiresAt: Date.now() + 1e6 },
					]);
				return await store.commit(all);
			},
		};
		const pauses: number[] = [];
		const options = {
			store: racing,
			name: 'main',
			pause: async (attempt: number) => void pauses.push(attempt),
		};
		const question = {
			rows: ['x'],
			decide: (draft: Parameters<Parameters<typeof askEntityMap>[0][0]['decide']>[0]) => {
				const text = `${draft.text('x') ?? ''}+`;
				draft.put('x', { value: text, until: Date.now() + 1e6 });
				return text;
			},
		};
		expect(await askEntityMap([question, question], options)).toEqual(['2+', '2++']);
		expect(pauses).toEqual([2, 3]);
		late = Infinity;
		await expect(askEntityMap([question], options)).rejects.toMatchObject({ code: 'TIMEOUT' });
	});
});
