import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the sandbox keeps what it makes: its certificate authority, hosts, running.json. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
	if (env['LEAD_HANDOFF_CACHE']) return env['LEAD_HANDOFF_CACHE'];
	const base = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
	return join(base, 'n8n-nodes-lead-handoff');
}
