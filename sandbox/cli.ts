import { parseArgs } from 'node:util';
import { FAULT_KINDS } from './faults';
import { loadPersonas } from './personas';
import { forgetRunning, readRunning, writeRunning } from './running';
import { secrets } from './secrets';
import { VENDOR_IDS } from './vendors/port';
import { startWorld } from './world';

const usage = `The sandbox: simulated vendors at their real URLs.

npm run sandbox -- start [--latency MS] [--proxy-port N] [--control-port N]
npm run sandbox -- status | state | calls [VENDOR] | personas | reset
npm run sandbox -- fault VENDOR KIND [--ms N] [--status N] [--retry-after N|DATE] [--times N]
                                     [--path TEXT] [--probability 0..1]
npm run sandbox -- heal [VENDOR]

VENDOR  ${VENDOR_IDS.join(', ')}
KIND    ${FAULT_KINDS.join(', ')}

All but start talk to the running one; --control URL names another.`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		control: { type: 'string' },
		latency: { type: 'string' },
		'proxy-port': { type: 'string' },
		'control-port': { type: 'string' },
		ms: { type: 'string' },
		status: { type: 'string' },
		'retry-after': { type: 'string' },
		times: { type: 'string' },
		path: { type: 'string' },
		probability: { type: 'string' },
		help: { type: 'boolean', default: false },
	},
});

const commands: Readonly<Record<string, (...rest: string[]) => Promise<void>>> = {
	start,
	status: async () => {
		console.log(await ask('GET', '/'));
		console.log(`Broken now: ${await ask('GET', '/faults')}`);
	},
	state: async () => console.log(await ask('GET', '/state')),
	calls: async (vendor) => printCalls(await ask('GET', `/calls${query({ vendor })}`)),
	personas: async () => {
		for (const { name, description } of loadPersonas()) {
			console.log(`${name.padEnd(20)}${description}`);
		}
	},
	reset: async () => console.log(await ask('POST', '/reset')),
	heal: async (vendor) => console.log(await ask('DELETE', `/faults${query({ vendor })}`)),
	fault: async (vendor, kind) => {
		const retryAfter = values['retry-after'];
		const fault = {
			vendor,
			kind,
			...numbers('ms', 'status', 'times', 'probability'),
			...(retryAfter ? { retryAfter: numberOr(retryAfter) } : {}),
			...(values.path ? { path: values.path } : {}),
		};
		console.log(await ask('POST', '/faults', fault));
	},
};

async function start(): Promise<void> {
	const running = readRunning();
	if (running?.controlUrl && (await alive(running.controlUrl))) {
		throw new Error(`A sandbox runs already: ${running.controlUrl}`);
	}
	const [latencyMs, proxyPort, controlPort] = [
		values.latency,
		values['proxy-port'],
		values['control-port'],
	].map((text) => (text === undefined ? undefined : Number(text)));
	const world = await startWorld({
		...(latencyMs === undefined ? {} : { latencyMs }),
		...(proxyPort === undefined ? {} : { proxyPort }),
		...(controlPort === undefined ? {} : { controlPort }),
	});
	writeRunning({ controlUrl: world.controlUrl, secret: secrets.webhookSecret });
	console.log(`HTTPS_PROXY=${world.proxyUrl}`);
	console.log(`NODE_EXTRA_CA_CERTS=${world.caCertPath}`);
	console.log(`\nControl: ${world.controlUrl}   (Ctrl+C stops)`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			forgetRunning();
			void world.stop().then(() => process.exit(0));
		});
	}
}

async function ask(method: string, path: string, body?: unknown): Promise<string> {
	const control = values.control ?? readRunning()?.controlUrl;
	if (!control) {
		throw new Error(
			'No sandbox is running. Start it with "npm run sandbox -- start" or "npm start".',
		);
	}
	const response = await fetch(new URL(path, control), {
		method,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	}).catch(() => {
		throw new Error(`The sandbox at ${control} does not answer. Was it stopped?`);
	});
	const text = await response.text();
	if (!response.ok) throw new Error((JSON.parse(text) as { error: string }).error);
	return text.trimEnd();
}

async function alive(control: string): Promise<boolean> {
	return fetch(new URL('/health', control)).then(
		({ ok }) => ok,
		() => false,
	);
}

interface CallLine {
	at: string;
	vendor: string;
	method: string;
	path: string;
	status: number;
	durationMs: number;
	fault?: string;
}

function printCalls(text: string): void {
	for (const { at, vendor, method, path, status, durationMs, fault } of JSON.parse(
		text,
	) as CallLine[]) {
		const broken = fault ? `  [${fault}]` : '';
		console.log(
			`${at}  ${vendor.padEnd(16)}${status || '---'}  ${durationMs} ms  ${method} ${path}${broken}`,
		);
	}
}

function numbers(...names: Array<'ms' | 'status' | 'times' | 'probability'>) {
	return Object.fromEntries(
		names.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])]])),
	);
}

function numberOr(text: string): number | string {
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
	const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
	return given.length > 0 ? `?${new URLSearchParams(given as Array<[string, string]>)}` : '';
}

const command = commands[positionals[0] ?? ''];
if (values.help || !command) {
	console.log(usage);
	process.exitCode = values.help ? 0 : 2;
} else {
	command(...positionals.slice(1)).catch((error: unknown) => {
		console.error((error as Error).message);
		process.exitCode = 1;
	});
}
