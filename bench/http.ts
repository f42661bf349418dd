import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { circuit } from '../lib/runtime/policies/circuit';
import { circuitMirror } from '../lib/runtime/policies/circuit-mirror';
import { DEFAULT_CIRCUIT } from '../lib/runtime/policies/circuit-state';
import { limit, rateGate } from '../lib/runtime/policies/limit';
import { wrap, type Budget, type Call, type Policy } from '../lib/runtime/policies/wrap';
import { connectionPool } from '../lib/runtime/send/pool';
import { pooledSend } from '../lib/runtime/send/pooled';
import { memoryStore } from '../lib/runtime/store/memory';
import { openSqliteStore } from '../lib/runtime/store/open';
import type { Store } from '../lib/runtime/store/port';
import { cacheDir } from '../sandbox/cache-dir';
import { selfSigned, tlsSite } from '../test/runtime/send/tls-world';
import { print, type Table } from './table';

const CALLS = 200;
/** As many items at once as Waterfall Enrich works on. */
const AT_ONCE = 5;
const ROUND_TRIP_MS = 40;

/** 200 calls of a vendor that is 40 ms away, over TLS; and what the policies cost a call. */
export async function bench(): Promise<Table[]> {
	return [await transports(), await policies()];
}

export const run = async () => (await bench()).forEach(print);

type Ask = (url: string) => Promise<unknown>;

async function transports(): Promise<Table> {
	const pair = selfSigned();
	const contact = JSON.stringify({ id: '1', properties: { email: 'dana@example.com' } });
	const site = await tlsSite(pair, (_, response) =>
		response.writeHead(200, { 'content-type': 'application/json' }).end(contact),
	);
	const far = await relay(Number(new URL(site.url).port));
	const pool = connectionPool({ ca: pair.cert, proxyFor: () => '' });
	const send = pooledSend({
		vendor: 'acme',
		pool,
		egress: { check: async () => undefined, checkRedirect: () => undefined },
	});
	const ways: Array<[string, Ask | undefined]> = [
		['pooled client', async (url) => await send({ method: 'GET', url, timeoutMs: 10_000 })],
		["n8n's helper", n8nRequest()],
		['axios, no keep-alive', freshAxios(pair.cert)],
	];
	const rows: Array<Array<string | number>> = [];
	let pooledMs = 0;
	for (const [name, ask] of ways) {
		if (!ask) {
			rows.push([name, '-', '-', '-', 'no n8n here: npm start installs one']);
			continue;
		}
		const before = site.connections.made;
		const ms = await inTurns(ask, far.url);
		pooledMs ||= ms;
		const each = (ms * AT_ONCE) / CALLS;
		rows.push([
			name,
			Math.round(ms),
			each.toFixed(1),
			site.connections.made - before,
			`${(ms / pooledMs).toFixed(2)}x`,
		]);
	}
	pool.close();
	far.close();
	await site.close();
	return {
		title: `${CALLS} vendor calls over TLS, ${AT_ONCE} at once, ${ROUND_TRIP_MS} ms round trip`,
		columns: ['way', 'ms', 'ms a call', 'connections', 'time against pooled'],
		rows,
		note: "The round trip of the TCP handshake is added too: a relay on this machine would otherwise not have it. Aim: n8n's helper at 2x or more.",
	};
}

async function inTurns(ask: Ask, url: string): Promise<number> {
	const from = performance.now();
	const queue = Array.from({ length: CALLS }, (_, index) => index).values();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (const index of queue) await ask(`${url}/contacts/${index}`);
		}),
	);
	return performance.now() - from;
}

function freshAxios(ca: string): Ask {
	return async (url) =>
		await axios.get(url, { httpsAgent: new Agent({ keepAlive: false, ca }), proxy: false });
}

/** What `this.helpers.httpRequest` runs, out of an installed n8n. */
function n8nRequest(): Ask | undefined {
	const folder = process.env['N8N_HOST_FOLDER'] ?? newestHost();
	if (!existsSync(join(folder, 'node_modules/n8n-core'))) return undefined;
	Object.assign(process.env, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' });
	const load = createRequire(join(folder, 'node_modules/n8n-core/package.json'));
	const main = load.resolve('@n8n/backend-network');
	const { httpRequest } = load(join(main, '../http/axios/request.js')) as {
		httpRequest: (options: object) => Promise<unknown>;
	};
	return async (url) =>
		await httpRequest({
			url,
			json: true,
			returnFullResponse: true,
			skipSslCertificateValidation: true,
		});
}

/** The n8n that the sandbox has installed. */
function newestHost(): string {
	const hosts = join(cacheDir(), 'hosts');
	const found = existsSync(hosts)
		? readdirSync(hosts).filter((name) => /^n8n-[\d.]+$/.test(name))
		: [];
	return join(hosts, found.sort().at(-1) ?? 'none');
}

/** A network that is `ROUND_TRIP_MS` away: every chunk arrives half of it later, the first after the handshake. */
async function relay(port: number) {
	const sockets = new Set<Socket>();
	const server = createServer((near) => {
		const far = connect(port, '127.0.0.1');
		const pairs = [
			[near, far, ROUND_TRIP_MS],
			[far, near, 0],
		] as const;
		for (const [from, to, handshake] of pairs) {
			const ready = performance.now() + handshake;
			from.on('data', (chunk) => {
				const wait = Math.max(0, ready - performance.now()) + ROUND_TRIP_MS / 2;
				setTimeout(() => to.writable && to.write(chunk), wait);
			});
			from.on('error', () => to.destroy());
			from.on('close', () => setTimeout(() => to.destroy(), ROUND_TRIP_MS));
			from.setNoDelay(true);
			sockets.add(from);
		}
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

async function policies(): Promise<Table> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const sqlite = openSqliteStore(join(folder, 'store.sqlite'));
	const bare = await overhead(undefined);
	const rows: Array<Array<string | number>> = [];
	const stores: Array<[string, Store]> = [
		['memory', memoryStore()],
		['SQLite', sqlite],
	];
	for (const [name, store] of stores) {
		const [guard, gate] = guards(store);
		const cost = async (policy: Policy<Budget, number>) => (await overhead(policy)) - bare;
		const both = await cost(wrap(guard, gate));
		rows.push([
			name,
			...[await cost(guard), await cost(gate), both].map((us) => us.toFixed(1)),
			`${((both / 1000 / ROUND_TRIP_MS) * 100).toFixed(3)} %`,
		]);
	}
	await sqlite.close();
	rmSync(folder, { recursive: true });
	return {
		title: 'What the policies add to a call, microseconds',
		columns: ['store', 'circuit', 'limit', 'both', `of a ${ROUND_TRIP_MS} ms call`],
		rows,
		note: 'Circuit: the shared picture is refreshed once a second, beside the calls. Limit: 20 permits at a time.',
	};
}

function guards(store: Store): [Policy<Budget, number>, Policy<Budget, number>] {
	const shared = { key: 'bench', store: async () => store, now: Date.now };
	const rate = { kind: 'bucket', capacity: 400, refillPerSecond: 10_000_000 } as const;
	return [
		circuit('acme', circuitMirror({ ...shared, policy: DEFAULT_CIRCUIT })),
		limit('acme', rateGate({ ...shared, policy: { rate, concurrency: 20 } })),
	];
}

/** Microseconds a call, of many in a row. */
async function overhead(policy: Policy<Budget, number> | undefined): Promise<number> {
	const ROUNDS = 50_000;
	const nothing: Call<Budget, number> = async () => 1;
	const call = policy ? policy(nothing) : nothing;
	const question = { deadlineAt: Date.now() + 600_000 };
	for (let n = 0; n < 5_000; n += 1) await call(question);
	const from = performance.now();
	for (let n = 0; n < ROUNDS; n += 1) await call(question);
	return ((performance.now() - from) / ROUNDS) * 1000;
}
