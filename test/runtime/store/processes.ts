import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Claim } from '../../../lib/runtime/store/port';

/** Where the claimants of a test meet: `['sqlite', file]` or `['redis', port]`. */
export type Place = readonly [engine: 'sqlite' | 'redis', at: string | number];

/** So many processes at once that each try to claim keys 0 to n; the keys that each of them won. */
export async function race(
	place: Place,
	{ processes, keys, batch }: { processes: number; keys: number; batch: number },
): Promise<number[][]> {
	return await Promise.all(
		Array.from({ length: processes }, async () => {
			const child = claimant(place, 'claim', keys, batch);
			return (await messageOf(child)) as number[];
		}),
	);
}

/** A process that holds the claim on `event:0`. */
export async function holder(place: Place, leaseMs: number) {
	const child = claimant(place, 'hold', leaseMs);
	const claim = (await messageOf(child)) as Extract<Claim, { state: 'new' }>;
	const kill = async () => {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await ended;
	};
	return { claim, kill };
}

const claimant = (place: Place, ...work: Array<string | number>) =>
	fork(join(__dirname, 'claimant.ts'), [...place, ...work].map(String), {
		execArgv: ['--import', 'tsx', '--no-warnings'],
	});

function messageOf(child: ChildProcess): Promise<unknown> {
	return new Promise((resolve, reject) => {
		child.on('message', resolve);
		child.on('exit', (code) => code && reject(new Error(`claimant ended with ${code}`)));
	});
}
