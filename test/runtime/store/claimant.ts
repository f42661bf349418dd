import { openRedisStore, openSqliteStore } from '../../../lib/runtime/store/open';

/**
 * A process of its own. `claim`: claims keys 0 to n in batches, and tells its parent which it won.
 * `hold`: claims one key, tells its token, and lives on without completing it, until it is killed.
 */
async function main([engine, place, work, amount, batch]: string[]) {
	const store =
		engine === 'redis'
			? openRedisStore({ host: '127.0.0.1', port: Number(place) })
			: openSqliteStore(place);
	const claim = async (keys: readonly number[], leaseMs: number) => {
		const at = Date.now();
		return await store.claim(
			keys.map((key) => ({
				key: `event:${key}`,
				leaseUntil: at + leaseMs,
				expiresAt: at + 600_000,
			})),
		);
	};

	if (work === 'hold') {
		const [held] = await claim([0], Number(amount));
		process.send?.(held);
		setInterval(() => undefined, 1000);
		return;
	}
	const won: number[] = [];
	for (let from = 0; from < Number(amount); from += Number(batch)) {
		const size = Math.min(Number(batch), Number(amount) - from);
		const keys = Array.from({ length: size }, (_, index) => from + index);
		const claims = await claim(keys, 600_000);
		won.push(...keys.filter((_, index) => claims[index]?.state === 'new'));
	}
	process.send?.(won);
	await store.close();
}

void main(process.argv.slice(2));
