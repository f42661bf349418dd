import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { VendorCall } from './calls';
import type { Fault } from './faults';
import type { VendorId } from './vendors/port';
import type { World, WorldOptions } from './world';

/** A world in another process: the same verbs, answered over its control endpoint. */
export interface RemoteWorld extends Pick<
	World,
	'proxyUrl' | 'caCertPath' | 'controlUrl' | 'stop'
> {
	calls(filter?: { vendor?: string; since?: string }): Promise<VendorCall[]>;
	state(): Promise<ReturnType<World['state']>>;
	setFault(vendor: VendorId, fault: Fault): Promise<void>;
	clearFaults(vendor?: VendorId): Promise<void>;
	failDeliveries(vendor: VendorId, hours: number): Promise<void>;
	reset(): Promise<void>;
}

/** Starts a world in a child process, for callers that cannot load the proxy, such as Jest. */
export async function spawnWorld(options: WorldOptions = {}): Promise<RemoteWorld> {
	const loader = pathToFileURL(require.resolve('tsx')).href;
	const script = join(__dirname, 'world-process.ts');
	const child = spawn(process.execPath, ['--import', loader, script, JSON.stringify(options)], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const line = await firstLine(child);
	return connectWorld(JSON.parse(line) as Whereabouts, () => ended(child));
}

type Whereabouts = Pick<World, 'proxyUrl' | 'caCertPath' | 'controlUrl'>;

/** The verbs of a world that runs elsewhere. `stop` does only what it is given. */
export function connectWorld(
	at: Whereabouts,
	stop: () => Promise<void> = async () => {},
): RemoteWorld {
	const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(new URL(path, at.controlUrl), {
			method,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer = (await response.json()) as T & { error?: string };
		if (!response.ok) throw new Error(answer.error);
		return answer;
	};
	return {
		...at,
		calls: (filter = {}) => ask('GET', `/calls?${new URLSearchParams(filter)}`),
		state: () => ask('GET', '/state'),
		setFault: async (vendor, { path, ...fault }) => {
			const place = path === undefined ? {} : { path: String(path) };
			await ask('POST', '/faults', { vendor, ...fault, ...place });
		},
		clearFaults: async (vendor) => {
			await ask('DELETE', vendor === undefined ? '/faults' : `/faults?vendor=${vendor}`);
		},
		failDeliveries: async (vendor, hours) => {
			await ask('POST', '/failed-deliveries', { vendor, hours });
		},
		reset: async () => {
			await ask('POST', '/reset');
		},
		stop,
	};
}

function firstLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`The world ended with code ${code}.`)));
		if (child.stdout) createInterface(child.stdout).once('line', resolve);
	});
}

function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.stdin?.end();
	});
}
