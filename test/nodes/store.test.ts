import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { CrmUpsert } from '../../nodes/CrmUpsert/CrmUpsert.node';
import { Dedupe } from '../../nodes/Dedupe/Dedupe.node';
import { Route } from '../../nodes/Route/Route.node';
import { ScheduleMeeting } from '../../nodes/ScheduleMeeting/ScheduleMeeting.node';
import { openStore } from '../../nodes/shared/store';
import { queueModeHints } from '../../nodes/shared/store-fields';
import { WaterfallEnrich } from '../../nodes/WaterfallEnrich/WaterfallEnrich.node';
import { startRedis } from '../runtime/store/redis-server';

function host(parameters: IDataObject, credential?: IDataObject) {
	const [hints, log]: [unknown[], string[]] = [[], []];
	const node = {
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getNode: () => ({ name: 'Dedupe', credentials: credential && { redis: { id: '1' } } }),
		getCredentials: async () => credential,
		addExecutionHints: (hint: unknown) => hints.push(hint),
		logger: { warn: (line: string) => log.push(line) },
	};
	return { node: node as unknown as IExecuteFunctions, hints, log };
}

const inQueueMode = async (work: () => unknown) => {
	process.env['EXECUTIONS_MODE'] = 'queue';
	try {
		await work();
	} finally {
		delete process.env['EXECUTIONS_MODE'];
	}
};

describe('the store of a node', () => {
	it('is the embedded one for a node that was saved before there was a choice', async () => {
		expect(await openStore(host({}).node)).toBe(openSqliteStore());
	});

	it('is the Redis of the credential, under the prefix and the region', async () => {
		const server = await startRedis('--requirepass', 'secret');
		const credential = { host: '127.0.0.1', port: server.port, password: 'secret', user: '' };
		const storeOptions = { prefix: 'crm', region: 'eu' };
		const store = await openStore(host({ store: 'redis', storeOptions }, credential).node);
		await store.set([{ key: 'a', value: '1', expiresAt: Date.now() + 1000 }]);
		expect(await server.admin.keys('*')).toEqual(['crm:{eu}:entry:a']);
		await store.close();
		await server.stop();
	});

	it('says so when Redis is chosen without a credential', async () => {
		await expect(openStore(host({ store: 'redis' }).node)).rejects.toMatchObject({
			code: 'CONFIG_INVALID',
		});
	});

	it('warns once an execution when it is embedded in queue mode, in the panel and in the log', async () => {
		await inQueueMode(async () => {
			const { node, hints, log } = host({});
			await openStore(node);
			await openStore(node);
			expect([hints.length, log.length]).toEqual([1, 1]);
		});
		const { node, hints } = host({});
		await openStore(node);
		expect(hints).toEqual([]);
	});

	it('has its hint before the run, from a server in queue mode', async () => {
		expect(queueModeHints()).toEqual([]);
		await inQueueMode(() => expect(new Dedupe().description.hints).toHaveLength(1));
	});
});

it.each([
	['Dedupe', new Dedupe(), {}],
	['Waterfall Enrich', new WaterfallEnrich(), {}],
	['Route', new Route(), {}],
	['CRM Upsert', new CrmUpsert(), { createTask: true }],
	['Schedule Meeting', new ScheduleMeeting(), { operation: 'book' }],
])('%s offers the choice, and asks for the credential with Redis only', (_name, node, given) => {
	const { description } = node;
	const shown = (store: string) => {
		const all =
			NodeHelpers.getNodeParameters(
				description.properties,
				{ ...given, store },
				true,
				false,
				null,
				description,
			) ?? {};
		const slot = description.credentials?.find(({ name }) => name === 'redis');
		return slot && NodeHelpers.displayParameter(all, slot, null, description);
	};
	expect([shown('sqlite'), shown('redis')]).toEqual([false, true]);
});
