import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCredentials } from '../../sandbox/demo-credentials';
import { ensureHost } from '../../sandbox/host/install';
import { installPackage } from '../../sandbox/host/install-package';
import { startN8n, type RunningN8n } from '../../sandbox/host/n8n';
import { packPackage } from '../../sandbox/host/pack';
import { n8nRest, type Credential } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { setUpCredentials } from '../../sandbox/set-up';
import { startWorld, type World } from '../../sandbox/world';

/** What is started once and used by every file. */
export interface Booted {
	readonly n8n: RunningN8n;
	readonly world: World;
	readonly userFolder: string;
	readonly credentials: readonly Credential[];
	/** The owner's session. */
	readonly signedIn: string | undefined;
	stop(): Promise<void>;
}

/**
 * A HubSpot account of its own for the tests that take HubSpot down: what the nodes remember of an
 * account (its circuit, its wait) must not meet the other tests.
 */
const unwell = {
	name: 'HubSpot (unwell)',
	type: 'hubspotAppToken',
	data: { appToken: secrets.hubspotToken },
};

/** A new n8n with the packed package, an owner and credentials, in a world of its own. */
export async function boot(): Promise<Booted> {
	const log = (line: string) => console.error(line);
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-e2e-'));
	const userFolder = join(folder, 'n8n');
	const host = await ensureHost({ log });
	await installPackage(userFolder, await packPackage({ log }));
	const world = await startWorld({ dir: join(folder, 'world') });
	const n8n = await startN8n({ host, userFolder, ...world, log });
	const rest = n8nRest(n8n.url);
	await rest.setupOwner();
	const credentials = await setUpCredentials(rest, [...demoCredentials, unwell]);
	return {
		n8n,
		world,
		userFolder,
		credentials,
		signedIn: rest.cookie(),
		async stop() {
			await n8n.stop();
			await world.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
