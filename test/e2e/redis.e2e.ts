import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureHost } from '../../sandbox/host/install';
import { installPackage } from '../../sandbox/host/install-package';
import { startN8n } from '../../sandbox/host/n8n';
import { packPackage } from '../../sandbox/host/pack';
import { n8nRest, type Template } from '../../sandbox/host/rest';
import { startRedis, type RedisServer } from '../runtime/store/redis-server';
import { openHost, type TestHost } from './world';

/** More by environment variable, for a longer look. */
const EXECUTIONS = Number(process.env['REDIS_EXECUTIONS'] ?? 200);
const AT_ONCE = 10;

const link = (node: string) => [{ node, type: 'main', index: 0 }];

/** A webhook that claims the event it is sent, and answers with what became of it. */
const claimer = (credential: { id: string; name: string }): Template => ({
	name: 'Claims in Redis',
	nodes: [
		{
			id: '1',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			position: [0, 0],
			webhookId: 'claims-in-redis',
			parameters: {
				httpMethod: 'POST',
				path: 'claims-in-redis',
				responseMode: 'lastNode',
				options: {},
			},
		},
		{
			id: '2',
			name: 'Dedupe',
			type: 'n8n-nodes-lead-handoff.dedupe',
			typeVersion: 1,
			position: [200, 0],
			credentials: { redis: credential },
			parameters: {
				operation: 'claim',
				recipe: 'custom',
				ownValue: '={{ $json.body.id }}',
				store: 'redis',
			},
		},
		{
			id: '3',
			name: 'Answer',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [400, 0],
			parameters: { mode: 'raw', jsonOutput: '={{ { outcome: $json.dedupe.outcome } }}' },
		},
	],
	connections: {
		Webhook: { main: [link('Dedupe')] },
		Dedupe: { main: [link('Answer'), link('Answer'), link('Answer')] },
	},
	settings: { executionOrder: 'v1' },
});

describe('the store in Redis', () => {
	let host: TestHost;
	let redis: RedisServer;
	let url: string;

	beforeAll(async () => {
		host = await openHost();
		redis = await startRedis();
		const credential = await host.rest.createCredential({
			name: 'Redis',
			type: 'redis',
			data: {
				host: '127.0.0.1',
				port: redis.port,
				password: '',
				user: '',
				database: 0,
				ssl: false,
			},
		});
		const { id } = await host.rest.ensureWorkflow(claimer(credential));
		await host.rest.activate(id);
		url = await host.rest.waitForWebhook('claims-in-redis');
	});

	afterAll(() => redis.stop());

	const claim = async (id: string) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ id }),
		});
		return ((await response.json()) as { outcome?: string }).outcome;
	};

	const connections = async () => {
		const list = String(await redis.admin.call('CLIENT', 'LIST'));
		return list.trim().split('\n').length - 1;
	};

	it(`claims each of ${EXECUTIONS} events once, over one connection`, async () => {
		const ids = Array.from({ length: EXECUTIONS }, (_, n) => `event-${n % (EXECUTIONS / 2)}`);
		const outcomes: Array<string | undefined> = [];
		while (ids.length > 0) outcomes.push(...(await Promise.all(ids.splice(0, AT_ONCE).map(claim))));
		expect(outcomes.filter((outcome) => outcome === 'new')).toHaveLength(EXECUTIONS / 2);
		expect(outcomes.filter((outcome) => outcome === 'in-progress')).toHaveLength(EXECUTIONS / 2);
		expect(await connections()).toBe(1);
	}, 300_000);

	it('claims nothing while Redis is away, and goes on when it is back', async () => {
		await redis.kill();
		expect(await claim('while-away')).toBeUndefined();
		await redis.start();
		expect(await claim('while-away')).toBe('new');
	}, 60_000);
});

describe('n8n in queue mode', () => {
	it('tells whoever opens a node that the embedded store will not do', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'lead-handoff-queue-'));
		const redis = await startRedis();
		const log = (line: string) => console.error(line);
		const n8nHost = await ensureHost({ log });
		await installPackage(folder, await packPackage({ log }));
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
		};
		const n8n = await startN8n({ host: n8nHost, userFolder: folder, env, log });
		try {
			const rest = n8nRest(n8n.url);
			await rest.setupOwner();
			const types = (await rest.call('GET', '/types/nodes.json')) as Array<{
				name: string;
				hints?: Array<{ message: string }>;
			}>;
			const warned = types.filter(({ hints }) =>
				hints?.some(({ message }) => message.includes('queue mode')),
			);
			expect(
				warned
					.map(({ name }) => name.replace(/^.*\./, ''))
					.filter((name) => !name.endsWith('Tool'))
					.sort(),
			).toEqual([
				'crmUpsert',
				'dedupe',
				'route',
				'scheduleMeeting',
				'waterfallEnrich',
				'webhookVerifier',
				'webhookVerifierTrigger',
			]);
		} finally {
			await n8n.stop();
			await redis.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	}, 120_000);
});
