import { parseArgs } from 'node:util';

export interface StartOptions {
	readonly once: boolean;
	readonly fresh: boolean;
	readonly help: boolean;
	readonly persona: string;
	/** Of n8n. Taken when it is free, else another one. */
	readonly port: number;
	readonly latencyMs: number;
}

export const usage = `npm start -- [options]

Starts n8n with the package and the templates in a world of simulated vendors, sends one lead
through it and shows what became of it.

  --once           leave when the lead is through: 0 when a meeting is booked, else 1
  --persona NAME   who fills in the form (default: perfect; the files in sandbox/personas)
  --port N         where n8n listens (default: 5678, or any free one)
  --latency MS     added to every call to a vendor (default: 50)
  --fresh          forget the n8n of the last start: its workflows, executions and credentials
  --help           this text`;

export function readOptions(args: readonly string[]): StartOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
			persona: { type: 'string', default: 'perfect' },
			port: { type: 'string', default: '5678' },
			latency: { type: 'string', default: '50' },
		},
	});
	const { once, fresh, help, persona } = values;
	const port = wholeNumber('--port', values.port);
	return { once, fresh, help, persona, port, latencyMs: wholeNumber('--latency', values.latency) };
}

function wholeNumber(option: string, value: string): number {
	if (/^\d+$/.test(value)) return Number(value);
	throw new Error(`${option} must be a whole number, not "${value}"`);
}
