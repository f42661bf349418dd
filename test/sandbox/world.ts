import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnWorld, type RemoteWorld } from '../../sandbox/spawn-world';
import { openClient, type Client } from './client';

/** One world for a test file, back at its seed before every test. */
export function useWorld(): { readonly world: RemoteWorld; readonly client: Client } {
	const used: { world?: RemoteWorld; client?: Client } = {};
	beforeAll(async () => {
		used.world = await spawnWorld({ dir: join(tmpdir(), 'lead-handoff-test-world') });
		used.client = openClient(used.world);
	}, 30_000);
	beforeEach(() => used.world?.reset());
	afterAll(() => used.world?.stop());
	return used as { world: RemoteWorld; client: Client };
}
