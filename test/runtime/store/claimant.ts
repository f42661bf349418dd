import { openSqliteStore } from '../../../lib/runtime/store/open';

/** A process of its own that claims keys 0 to n, and tells its parent which it won. */
async function main(path: string, keys: number) {
	const store = openSqliteStore(path);
	const won: number[] = [];
	for (let key = 0; key < keys; key += 1) {
		const at = Date.now();
		const [claim] = await store.claim([
			{ key: `event:${key}`, leaseUntil: at + 60_000, expiresAt: at + 60_000 },
		]);
		if (claim?.state === 'new') won.push(key);
	}
	process.send?.(won);
	await store.close();
}

void main(String(process.argv[2]), Number(process.argv[3]));
