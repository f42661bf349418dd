import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog } from './calls';
import type { Fault, FaultBook } from './faults';
import type { Answer } from './proxy';
import type { Vendor, VendorReply, VendorRequest } from './vendors/port';
import { contentType } from './vendors/request';

export interface Switchboard {
	readonly answer: Answer;
	/** Ends every call that is still waiting. */
	hangUp(): void;
}

/** Connects a request to the vendor that lives at its host, through whatever fault is switched on. */
export function openSwitchboard(parts: {
	readonly vendors: readonly Vendor[];
	readonly faults: FaultBook;
	readonly log: CallLog;
	readonly latencyMs: number;
}): Switchboard {
	const byHost = new Map(
		parts.vendors.flatMap((vendor) => vendor.hosts.map((host) => [host, vendor])),
	);
	const hangUp = new AbortController();
	const wait = (ms: number) =>
		ms > 0 ? sleep(ms, undefined, { signal: hangUp.signal }).catch(() => {}) : undefined;

	async function connect(vendor: Vendor, request: VendorRequest): Promise<Outcome> {
		const fault = parts.faults.next(vendor.id, request.path);
		await wait(parts.latencyMs + (fault?.kind === 'latency' ? (fault.ms ?? 1_000) : 0));
		if (fault?.kind === 'timeout') await wait(fault.ms ?? 60_000);
		if (fault?.kind === 'timeout' || fault?.kind === 'reset') return { reply: 'reset', fault };
		if (fault?.kind === 'rate-limit') return { reply: refuse(vendor, fault, 429), fault };
		if (fault?.kind === 'error') return { reply: refuse(vendor, fault, 503), fault };
		const reply = await handled(vendor, request);
		if (fault?.kind === 'malformed') return { reply: cut(reply), fault };
		const drop = parts.faults.next(vendor.id, request.path, reply.wrote === true);
		if (drop) return { reply: 'reset', fault: drop };
		return { reply, fault };
	}

	return {
		async answer(request) {
			const started = performance.now();
			const at = new Date().toISOString();
			const vendor = byHost.get(request.host);
			const { reply, fault } = vendor
				? await connect(vendor, request)
				: { reply: unsimulated(request), fault: undefined };
			parts.log.record({
				at,
				vendor: vendor?.id ?? 'unsimulated',
				method: request.method,
				path: vendor ? request.path : `https://${request.host}${request.path}`,
				query: Object.fromEntries(request.query),
				status: reply === 'reset' ? 0 : reply.status,
				durationMs: Math.round((performance.now() - started) * 10) / 10,
				...(request.body === '' ? {} : { body: readable(request) }),
				...(fault ? { fault: fault.kind } : {}),
			});
			return reply;
		},
		hangUp: () => hangUp.abort(),
	};
}

interface Outcome {
	readonly reply: VendorReply | 'reset';
	readonly fault: Fault | undefined;
}

/** A simulator's own mistake is the vendor's 500, and is visible in the terminal. */
async function handled(vendor: Vendor, request: VendorRequest): Promise<VendorReply> {
	try {
		return await vendor.handle(request);
	} catch (error) {
		console.error(`sandbox: ${vendor.id} failed on ${request.method} ${request.path}`, error);
		return vendor.fail(500);
	}
}

function refuse(vendor: Vendor, fault: Fault, status: number): VendorReply {
	const retryAfter = fault.retryAfter === undefined ? undefined : String(fault.retryAfter);
	const reply = vendor.fail(fault.status ?? status, retryAfter);
	if (retryAfter === undefined) return reply;
	return { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter } };
}

/** The answer of a vendor whose gateway breaks off in the middle. */
function cut(reply: VendorReply): VendorReply {
	const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
	return { ...reply, body: text.slice(0, Math.max(1, Math.floor(text.length / 2))) };
}

function unsimulated({ method, host, path }: VendorRequest): VendorReply {
	return {
		status: 502,
		body: {
			error: 'not_simulated',
			message: `The sandbox does not simulate ${method} https://${host}${path}. Nothing was sent anywhere.`,
		},
	};
}

function readable(request: VendorRequest): unknown {
	if (contentType(request).startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(request.body));
	}
	try {
		return JSON.parse(request.body);
	} catch {
		return request.body;
	}
}
