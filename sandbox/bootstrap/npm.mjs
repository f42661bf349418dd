import { spawn } from 'node:child_process';
import { clearInterval, setInterval } from 'node:timers';
import { fail } from './fail.mjs';

/** Runs npm and says every 10 s what it is doing; `tail` is the end of what npm said. */
export function npm(args, cwd, what) {
	return new Promise((done) => {
		const startedAt = Date.now();
		const say = () => console.error(`${what} … ${Math.round((Date.now() - startedAt) / 1000)} s`);
		say();
		const ticker = setInterval(say, 10_000);
		const child = spawn('npm', [...args, '--no-audit', '--no-fund'], {
			cwd,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const interrupt = () => (child.kill('SIGTERM'), process.exit(130));
		process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
		let tail = '';
		const keep = (chunk) => (tail = (tail + chunk).slice(-20_000));
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', (error) => fail(`npm could not be started: ${error.message}`));
		child.on('close', (code) => {
			clearInterval(ticker);
			process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
			done({ ok: code === 0, tail: `${what} failed: npm ${args.join(' ')}\n${tail}` });
		});
	});
}
