import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { queueKey } from '../../nodes/WebhookVerifierTrigger/guards';
import { startRedis } from '../runtime/store/redis-server';
import { openTrigger, type Setting, type Trigger } from './webhook-trigger-host';

const SECRET = 'it is a secret that nobody knows';
let trigger: Trigger;
const open = async (guards: object, more: Partial<Setting> = {}) => {
	const parameters = { sender: 'github', guards, ...more.parameters };
	trigger = await openTrigger({ secret: { secret: SECRET }, ...more, parameters });
};
// A Redis that is away is waited for.
afterEach(async () => await trigger.close(), 30_000);

const sign = (body: string | Buffer) =>
	`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;

const post = async (body: string | Buffer, headers: Record<string, string> = {}) =>
	await fetch(trigger.url, {
		method: 'POST',
		headers: { 'x-hub-signature-256': sign(body), ...headers },
		body: new Uint8Array(Buffer.from(body)),
	});

const statuses = async (count: number) =>
	(await Promise.all(Array.from({ length: count }, () => post('{}')))).map(({ status }) => status);

describe('sources', () => {
	it.each([
		['127.0.0.0/8', 200],
		['::1, 127.0.0.1', 200],
		['203.0.113.0/24 2001:db8::/32', 403],
	])('only %s: %i', async (allowedSources, status) => {
		await open({ allowedSources });
		expect((await post('{}')).status).toBe(status);
		expect(trigger.runs).toHaveLength(status === 200 ? 1 : 0);
	});
});

describe('a body', () => {
	const tooLarge = Buffer.alloc(3000, 'a');

	it('that says it is too large is not read', async () => {
		await open({ maxBodyKb: 2 });
		expect((await post(tooLarge)).status).toBe(413);
		expect((await post(tooLarge.subarray(0, 2048))).status).toBe(200);
	});

	it('that does not say how large it is, is counted', async () => {
		await open({ maxBodyKb: 2 });
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				for (let sent = 0; sent < 100; sent += 1) controller.enqueue(new Uint8Array(100));
				controller.close();
			},
		});
		const answer = await fetch(trigger.url, { method: 'POST', body, duplex: 'half' });
		expect(answer.status).toBe(413);
	});

	it('that is small until it is unpacked is not unpacked whole', async () => {
		await open({ maxBodyKb: 100 });
		const bomb = gzipSync(Buffer.alloc(50_000_000));
		expect(bomb.length).toBeLessThan(100 * 1024);
		const before = process.memoryUsage().arrayBuffers;
		expect((await post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
	});
});

describe('too many', () => {
	it('in a minute get 429 and the time to wait', async () => {
		await open({ perMinute: 3 });
		expect((await statuses(5)).sort()).toEqual([200, 200, 200, 429, 429]);
		const answer = await post('{}');
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(1);
		expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(63);
	});

	it('behind a proxy that n8n does not know of may be many callers: the log says so', async () => {
		const proxied = { 'x-forwarded-for': '203.0.113.7' };
		const line = async (headers: Record<string, string>) => {
			await open({ perMinute: 1 });
			await post('{}', headers);
			expect((await post('{}', headers)).status).toBe(429);
			await trigger.close();
			return trigger.log.join();
		};
		expect(await line(proxied)).toContain('N8N_PROXY_HOPS is not set');
		expect(await line({})).not.toContain('N8N_PROXY_HOPS');
		process.env['N8N_PROXY_HOPS'] = '1';
		try {
			expect(await line(proxied)).not.toContain('N8N_PROXY_HOPS');
		} finally {
			delete process.env['N8N_PROXY_HOPS'];
		}
	});

	it('are counted by each trigger for itself', async () => {
		await open({ perMinute: 1 });
		expect(await statuses(1)).toEqual([200]);
		await trigger.close();
		await open({ perMinute: 1 });
		expect(await statuses(1)).toEqual([200]);
	});

	it('open ones get 503 until the others are answered', async () => {
		await open({ maxOpen: 2 }, { hold: true });
		const waiting = [post('{"n":1}'), post('{"n":2}')];
		await until(() => trigger.runs.length === 2);
		const answer = await post('{"n":3}');
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		expect(trigger.runs).toHaveLength(2);
		trigger.release(200);
		await Promise.all(waiting);
		const last = post('{"n":4}');
		await until(() => trigger.runs.length === 3);
		trigger.release(200);
		expect((await last).status).toBe(200);
	});

	it('are not those of forgers who send slowly, or hang up', async () => {
		await open({ maxOpen: 1 });
		const slow = Array.from({ length: 3 }, () => begun(trigger.url));
		await Promise.all(slow.map((socket) => once(socket, 'connect')));
		slow[0]?.destroy();
		expect((await post('{}')).status).toBe(200);
		expect((await post('{}')).status).toBe(200);
		slow.forEach((socket) => socket.destroy());
	});
});

/** A call whose body does not come. */
function begun(url: string) {
	const { port, pathname } = new URL(url);
	const socket = connect(Number(port), '127.0.0.1');
	socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{`);
	return socket;
}

describe('the queue of n8n', () => {
	it('turns work away while it is long, and nobody while it cannot be read', async () => {
		const redis = await startRedis();
		const credential = { host: '127.0.0.1', port: redis.port, database: 0 };
		const queued = { parameters: { store: 'redis' }, redis: credential };
		await redis.admin.rpush('bull:jobs:wait', '1', '2', '3');
		await open({ maxQueue: 2 }, queued);
		const answer = await post('{}');
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		await trigger.close();

		await open({ maxQueue: 3 }, queued);
		expect((await post('{}')).status).toBe(200);
		await trigger.close();

		await redis.stop();
		await open({ maxQueue: 2 }, { ...queued, redis: { ...credential, port: await deadPort() } });
		expect((await post('{}')).status).toBe(200);
		expect(trigger.log.join()).toContain('the queue of n8n was not read');
	}, 30_000);

	it('is where n8n says', () => {
		expect(queueKey({})).toBe('bull:jobs:wait');
		expect(queueKey({ QUEUE_BULL_PREFIX: 'mine' })).toBe('mine:jobs:wait');
		expect(queueKey({ QUEUE_BULL_REDIS_CLUSTER_NODES: 'a:1' })).toBe('{bull}:jobs:wait');
	});
});

describe('a replay', () => {
	/** Stripe signs with a clock. */
	const deliver = async () => {
		const at = Math.floor(Date.now() / 1000);
		const body = JSON.stringify({ id: randomUUID() });
		const v1 = createHmac('sha256', SECRET).update(`${at}.${body}`).digest('hex');
		const headers = { 'stripe-signature': `t=${at},v1=${v1}` };
		return async () => await fetch(trigger.url, { method: 'POST', body, headers });
	};
	const parameters = { sender: 'stripe', refuseReplays: true };

	it('is refused', async () => {
		await open({}, { parameters });
		const send = await deliver();
		expect([(await send()).status, (await send()).status]).toEqual([200, 409]);
		expect(trigger.runs).toHaveLength(1);
	});

	it('of a delivery that n8n could not work on is let in again', async () => {
		await open({}, { parameters, hold: true });
		const send = await deliver();
		for (const runs of [1, 2]) {
			const answer = send();
			await until(() => trigger.runs.length === runs);
			trigger.release(500);
			expect((await answer).status).toBe(500);
		}
	});

	it('is not looked for while the store is away: the sender comes again', async () => {
		const redis = { host: '127.0.0.1', port: await deadPort(), database: 0 };
		await open({}, { parameters: { ...parameters, store: 'redis' }, redis });
		const answer = await (await deliver())();
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
		expect(trigger.runs).toHaveLength(0);
		expect(trigger.log.join()).toContain('STORE_UNAVAILABLE');
	}, 30_000);
});

describe('a key that cannot be had', () => {
	it('lets nobody in, and the sender comes again', async () => {
		await open({}, { parameters: { sender: 'adobe-io' }, secret: { expectedIds: 'client' } });
		const headers = {
			'x-adobe-digital-signature-1': 'AAAA',
			'x-adobe-public-key1-path': '/prod/keys/pub-key-a.pem',
		};
		const answer = await fetch(trigger.url, { method: 'POST', body: '{}', headers });
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
	});
});

async function until(condition: () => boolean) {
	while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Where nobody listens. */
async function deadPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

it('counts all that came, by what became of it', async () => {
	const counted = async (guards: object, ...bodies: string[]) => {
		await open(guards, { parameters: { settings: { source: 'counted' } } });
		for (const body of bodies) await post(body, { 'x-hub-signature-256': sign('{}') });
		const totals = await trigger.counts();
		await trigger.close();
		return totals.find(({ source }) => source === 'counted');
	};
	await counted({ allowedSources: '203.0.113.0/24' }, '{}');
	await counted({ maxBodyKb: 1 }, 'x'.repeat(2000));
	expect(await counted({ perMinute: 3 }, '{}', '{} ', '{}', '{}')).toMatchObject({
		accepted: 2,
		refused: 4,
		refusedBy: { SOURCE_NOT_ALLOWED: 1, TOO_LARGE: 1, MISMATCH: 1, TOO_MANY: 1 },
	});
});
