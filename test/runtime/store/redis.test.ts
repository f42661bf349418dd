import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedisStore } from '../../../lib/runtime/store/open';
import type { Store } from '../../../lib/runtime/store/port';
import { redisStore } from '../../../lib/runtime/store/redis';
import { redisConnection, type RedisCredential } from '../../../lib/runtime/store/redis-connection';
import { GRACE_MS } from '../../../lib/runtime/store/redis-script';
import { storeContract } from '../../contracts/store.contract';
import { holder, race } from './processes';
import { freePort, startRedis, type RedisServer } from './redis-server';

const KEYS = Number(process.env['STORE_RACE_KEYS'] ?? 500);
const away = expect.objectContaining({ code: 'STORE_UNAVAILABLE' }) as Error;
const entry = (key: string, value = 'kept') => ({ key, value, expiresAt: Date.now() + 60_000 });
const claimOf = (key: string, at = Date.now()) => ({
	key,
	leaseUntil: at + 60_000,
	expiresAt: at + 600_000,
});

let server: RedisServer;
beforeAll(async () => (server = await startRedis()));
afterAll(() => server.stop());

const here = (more: Partial<RedisCredential> = {}): RedisCredential => ({
	host: '127.0.0.1',
	port: server.port,
	...more,
});

/** A connection that does not try for long. */
const quick = (more: Partial<RedisCredential>) => redisConnection(here(more), { connectMs: 500 });

storeContract('redis', async (now) => {
	await server.admin.flushall();
	return redisStore(redisConnection(here()), { now });
});

it('works on with what the version before wrote, which named no holders', async () => {
	await server.admin.flushall();
	const hidden = 'fdee430d40bd57deeac186cd9790033d0f06f909a8806e7ce6e717ab7c7d5029';
	const [far, space] = [9_000_000_000_000, 'lead-handoff:{main}:'];
	const rows = {
		'claim:done': `aeec23a5-d56f-485a-9deb-2a6bc3423d22|1000|2000|${far}|0|1000||{"id":7}`,
		'claim:held': `b70f3280-edc6-4bf1-8ce7-9b9b4ee4bde2|1000|${far}|${far}|0|||`,
		'claim:open': `5886d45c-d97e-48bf-be24-1bbbcdab5329|1000|2000|${far}|0||${hidden}|`,
		'entry:entry': `${far}|${hidden}|v`,
	};
	for (const [key, row] of Object.entries(rows)) await server.admin.set(`${space}${key}`, row);
	const members = [`c${space}claim:open`, `e${space}entry:entry`];
	for (const member of members) await server.admin.zadd(`${space}subject:${hidden}`, far, member);

	const store = redisStore(redisConnection(here()), { now: () => 3_000 });
	const ask = (key: string) => ({ key, leaseUntil: 9_000, expiresAt: far, holder: '7' });
	expect(await store.claim(['held', 'done'].map(ask))).toEqual([
		{ state: 'in-progress', claimedAt: 1_000, leaseUntil: far, holder: undefined },
		{ state: 'done', claimedAt: 1_000, completedAt: 1_000, result: '{"id":7}' },
	]);
	const token = 'b70f3280-edc6-4bf1-8ce7-9b9b4ee4bde2';
	expect(await store.renew([{ key: 'held', token, leaseUntil: far }])).toEqual([true]);
	expect(await store.complete([{ key: 'held', token, result: '1', expiresAt: far }])).toEqual([
		true,
	]);
	expect(await store.get(['entry'])).toEqual(['v']);
	expect(await store.erase('ada')).toMatchObject({ claims: 1, entries: 1 });
	await server.admin.set(`${space}claim:open`, rows['claim:open']);
	expect(await store.claim([ask('open')])).toMatchObject([{ state: 'new', takeovers: 1 }]);
	expect(await store.releaseAll(['7'])).toEqual([1]);
	await store.close();
});

describe('in a Redis cluster', () => {
	let cluster: RedisServer;
	beforeAll(async () => {
		cluster = await startRedis('--cluster-enabled', 'yes');
		await cluster.admin.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383);
		while (!String(await cluster.admin.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	});
	afterAll(() => cluster.stop());

	// It refuses a script whose keys lie in two slots.
	storeContract('redis cluster', async (now) => {
		await cluster.admin.flushall();
		return redisStore(redisConnection(here({ port: cluster.port })), { now });
	});
});

describe('the keys in Redis', () => {
	let store: Store;
	beforeEach(async () => {
		await server.admin.flushall();
		store = redisStore(redisConnection(here()), { region: 'eu' });
	});
	afterEach(() => store.close());

	it('carry prefix and region, forget by themselves, and say nothing of the person', async () => {
		const about = { expiresAt: Date.now() + 50_000, subject: 'ada@example.com' };
		const [claim] = await store.claim([{ ...claimOf('a'), ...about }]);
		if (claim?.state === 'new') {
			await store.complete([{ key: 'a', token: claim.token, result: '1', ...about }]);
		}
		await store.set([{ key: 'a', value: '1', ...about }]);
		await store.increment('n', 1, about.expiresAt);
		await store.append([{ key: 'a', at: 1, value: '1', ...about }]);
		await store.park([{ queue: 'q', id: '1', dueAt: 1, value: '1', ...about }]);
		await store.take('l', { kind: 'bucket', capacity: 9, refillPerSecond: 1 });
		const keys = (await server.admin.keys('*')).sort();
		expect(keys.filter((key) => !key.startsWith('lead-handoff:{eu}:'))).toEqual([]);
		expect(keys.filter((key) => key.includes('ada'))).toEqual([]);
		const lasting: string[] = [];
		for (const key of keys) {
			const ttl = await server.admin.pttl(key);
			if (ttl < 0 || ttl > 50_000 + GRACE_MS) lasting.push(key);
		}
		expect(lasting).toEqual(['lead-handoff:{eu}:sequence:window']);
	});

	it('of two regions do not meet', async () => {
		const other = redisStore(redisConnection(here()), { region: 'us' });
		await store.set([entry('a')]);
		expect(await other.get(['a'])).toEqual([undefined]);
		await other.close();
	});

	it('are refused with a prefix that would break the hash tag', () => {
		expect(() => redisStore(redisConnection(here()), { prefix: 'a{b}' })).toThrow(
			expect.objectContaining({ code: 'CONFIG_INVALID' }),
		);
	});
});

describe('the connection to Redis', () => {
	const ours = async () =>
		String(await server.admin.client('LIST'))
			.split('\n')
			.filter((line) => line.includes('name=n8n-nodes-lead-handoff')).length;
	const until = async (condition: () => Promise<boolean>) => {
		for (const end = Date.now() + 5000; Date.now() < end;) {
			if (await condition()) return;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		throw new Error('It did not happen within 5 s');
	};

	it('is one for a thousand uses of a credential, and none when idle', async () => {
		await until(async () => (await ours()) === 0);
		for (let run = 0; run < 1000; run += 1) {
			await openRedisStore(here(), { region: `r${run % 3}` }).get(['a']);
		}
		await Promise.all(
			Array.from({ length: 1000 }, () => openRedisStore(here()).increment('n', 1, 9e12)),
		);
		expect(await ours()).toBe(1);
		await openRedisStore(here()).close();

		const idle = redisStore(redisConnection(here(), { idleMs: 50 }));
		await idle.get(['a']);
		expect(await ours()).toBe(1);
		await until(async () => (await ours()) === 0);
		expect(await idle.get(['a'])).toEqual([undefined]);
		await idle.close();
		await until(async () => (await ours()) === 0);
	});

	it('is away while the server is, and works again after it', async () => {
		const mortal = await startRedis();
		const store = redisStore(quick({ port: mortal.port }));
		expect((await store.claim([claimOf('a')]))[0]?.state).toBe('new');
		await mortal.kill();
		const from = Date.now();
		await expect(store.claim([claimOf('b')])).rejects.toThrow(away);
		await expect(store.get(['b'])).rejects.toThrow(away);
		expect(Date.now() - from).toBeLessThan(2000);
		await mortal.start();
		// The scripts went with the server, and nothing of the refused claim was sent later.
		expect((await store.claim([claimOf('b')]))[0]?.state).toBe('new');
		await store.close();
		await mortal.stop();
	}, 20_000);

	it('breaks in the middle of a command: away, and not sent twice', async () => {
		let arrived = 0;
		const breaking = createServer((client: Socket) => {
			client.on('error', () => undefined);
			client.on('data', (data) => {
				const text = data.toString();
				if (text.includes('evalsha')) {
					arrived += 1;
					client.destroy();
				} else client.write('+OK\r\n'.repeat(text.split(/^\*\d+\r$/m).length - 1));
			});
		});
		const port = await freePort();
		await new Promise<void>((resolve) => breaking.listen(port, '127.0.0.1', resolve));
		const store = redisStore(quick({ port }));
		await expect(store.claim([claimOf('a')])).rejects.toThrow(away);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(arrived).toBe(1);
		await store.close();
		breaking.close();
	}, 20_000);

	it('does not wait for ever for a server that says nothing', async () => {
		const silent = createServer(() => undefined);
		const port = await freePort();
		await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
		const store = redisStore(quick({ port }));
		const from = Date.now();
		await expect(store.get(['a'])).rejects.toThrow(away);
		expect(Date.now() - from).toBeLessThan(2000);
		await store.close();
		silent.close();
	}, 20_000);

	it('says what is wrong with the credential, and not the password', async () => {
		const locked = await startRedis('--requirepass', 'right');
		const open = (password: string) => redisStore(quick({ port: locked.port, password }));
		const wrong = open('wrong-password');
		const error = await wrong.get(['a']).catch((reason: Error) => reason);
		expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
		expect(String((error as Error).message)).toMatch(/WRONGPASS|NOAUTH/);
		expect(String((error as Error).message)).not.toContain('wrong-password');
		await wrong.close();
		const right = open('right');
		expect(await right.get(['a'])).toEqual([undefined]);
		await right.close();
		await locked.stop();
	}, 20_000);

	it('is encrypted when asked, and checks the certificate unless told not to', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
		const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
		const request = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' ');
		execFileSync('openssl', ['req', ...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
		const tlsPort = await freePort();
		const tls = ['--tls-port', `${tlsPort}`, '--tls-auth-clients', 'no'];
		const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
		const secure = await startRedis(...tls, ...files);
		const open = (disableTlsVerification: boolean) =>
			redisStore(quick({ host: 'localhost', port: tlsPort, ssl: true, disableTlsVerification }));
		const lax = open(true);
		expect(await lax.get(['a'])).toEqual([undefined]);
		await lax.close();
		const strict = open(false);
		await expect(strict.get(['a'])).rejects.toThrow(/self-signed certificate/);
		await strict.close();
		await secure.stop();
		rmSync(folder, { recursive: true });
	}, 20_000);
});

describe('Redis and other processes', () => {
	beforeEach(() => server.admin.flushall());

	it(`lets eight of them win each of ${KEYS} keys once`, async () => {
		const wins = await race(['redis', server.port], { processes: 8, keys: KEYS, batch: 50 });
		expect(wins.flat().sort((a, b) => a - b)).toEqual(
			Array.from({ length: KEYS }, (_, key) => key),
		);
	}, 300_000);

	it('passes the lease of a killed holder on, and refuses its token', async () => {
		const dead = await holder(['redis', server.port], 60_000);
		await dead.kill();
		let clock = Date.now();
		const store = redisStore(redisConnection(here()), { now: () => clock });
		const claim = async () => (await store.claim([claimOf('event:0', clock)]))[0];
		expect(await claim()).toMatchObject({ state: 'in-progress' });
		clock += 60_000;
		expect(await claim()).toMatchObject({ state: 'new', takeovers: 1 });
		const late = { key: 'event:0', token: dead.claim.token, result: '', expiresAt: clock + 1000 };
		expect(await store.complete([late])).toEqual([false]);
		await store.close();
	}, 30_000);
});
