import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureHost } from '../sandbox/host/install';
import { installPackage } from '../sandbox/host/install-package';
import { startN8n } from '../sandbox/host/n8n';
import { packPackage } from '../sandbox/host/pack';
import { n8nRest, type N8nRest } from '../sandbox/host/rest';

/** Works in a new n8n that has the package, as its owner. Nothing of it is left afterwards. */
export async function inN8n<T>(work: (rest: N8nRest) => Promise<T>): Promise<T> {
	const log = (line: string) => console.error(line);
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const host = await ensureHost({ log });
	await installPackage(folder, await packPackage({ log }));
	const n8n = await startN8n({ host, userFolder: folder, log });
	try {
		const rest = n8nRest(n8n.url);
		await rest.setupOwner();
		return await work(rest);
	} finally {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
