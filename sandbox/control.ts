import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { VendorCall } from './calls';
import { Fault, FAULT_KINDS, VendorName } from './faults';
import type { Persona } from './personas';
import { VENDOR_IDS, type VendorId } from './vendors/port';

export interface ControlParts {
	readonly port?: number | undefined;
	readonly proxyUrl: string;
	readonly caCertPath: string;
	readonly personas: readonly Persona[];
	state(): Record<string, unknown>;
	calls(filter?: { vendor?: string | undefined; since?: string | undefined }): VendorCall[];
	faults(): unknown[];
	setFault(vendor: VendorId, fault: Fault): void;
	clearFaults(vendor?: VendorId): void;
	failDeliveries(vendor: VendorId, hours: number): void;
	reset(): void;
}

const FailedDeliveries = z.object({ vendor: VendorName, hours: z.number().nonnegative() });

interface Reply {
	readonly status: number;
	/** Text goes out as text, anything else as JSON. */
	readonly body: unknown;
}

/** The switchboard for people and tests: plain HTTP on this machine. `GET /` says what it can do. */
export async function startControl(
	parts: ControlParts,
): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => {
		void bodyOf(request)
			.then((body) => route(parts, request, body))
			.catch((error: unknown) => ({ status: 400, body: { error: messageOf(error) } }))
			.then(({ status, body }) => {
				const text = typeof body === 'string';
				response.writeHead(status, {
					'content-type': text ? 'text/plain; charset=utf-8' : 'application/json',
				});
				response.end(text ? body : `${JSON.stringify(body, null, 2)}\n`);
			});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(parts.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function route(parts: ControlParts, request: IncomingMessage, body: string): Reply {
	const url = new URL(request.url ?? '/', 'http://control');
	const asked = (name: string) => url.searchParams.get(name) ?? undefined;
	const ok = (value: unknown): Reply => ({ status: 200, body: value });

	switch (`${request.method} ${url.pathname}`) {
		case 'GET /':
			return ok(help(parts));
		case 'GET /health':
			return ok({ ok: true, proxyUrl: parts.proxyUrl, caCertPath: parts.caCertPath });
		case 'GET /state':
			return ok(parts.state());
		case 'GET /calls':
			return ok(parts.calls({ vendor: asked('vendor'), since: asked('since') }));
		case 'GET /personas':
			return ok(parts.personas);
		case 'GET /faults':
			return ok(parts.faults());
		case 'POST /faults': {
			const { vendor, ...fault } = z.looseObject({ vendor: VendorName }).parse(JSON.parse(body));
			parts.setFault(vendor, Fault.parse(fault));
			return ok(parts.faults());
		}
		case 'DELETE /faults': {
			const vendor = asked('vendor');
			parts.clearFaults(vendor === undefined ? undefined : VendorName.parse(vendor));
			return ok(parts.faults());
		}
		case 'POST /failed-deliveries': {
			const { vendor, hours } = FailedDeliveries.parse(JSON.parse(body));
			parts.failDeliveries(vendor, hours);
			return ok({ ok: true });
		}
		case 'POST /reset':
			parts.reset();
			return ok({ ok: true });
		default:
			return { status: 404, body: { error: `There is no ${request.method} ${url.pathname}.` } };
	}
}

function help({ proxyUrl, caCertPath, personas }: ControlParts): string {
	return [
		'The sandbox: simulated vendors at their real URLs.',
		'',
		`HTTPS_PROXY=${proxyUrl}`,
		`NODE_EXTRA_CA_CERTS=${caCertPath}`,
		'',
		`Vendors:  ${VENDOR_IDS.join(', ')}`,
		`Personas: ${personas.map(({ name }) => name).join(', ')}`,
		'',
		'GET    /health',
		'GET    /state                       what every vendor knows',
		'GET    /calls?vendor=&since=        what was asked of them',
		'GET    /personas                    who can be sent',
		'GET    /faults                      what is broken now',
		`POST   /faults                      {"vendor", "kind": ${FAULT_KINDS.join(' | ')},`,
		'                                     "ms", "retryAfter", "status", "times", "path", "probability"}',
		'DELETE /faults?vendor=              heal one vendor, or all',
		'POST   /failed-deliveries           {"vendor", "hours"}: what it does to its subscriptions then',
		'POST   /reset                       back to the seed',
		'',
	].join('\n');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) body += chunk;
	return body;
}

function messageOf(error: unknown): string {
	if (error instanceof z.ZodError) return z.prettifyError(error);
	return error instanceof Error ? error.message : String(error);
}
