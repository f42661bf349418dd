import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { PipelineError } from '../../../lib/domain/errors';
import type { Try } from '../../../lib/runtime/http';
import type { Egress } from '../../../lib/runtime/send/egress';
import { connectionPool, type Pool, type PoolOptions } from '../../../lib/runtime/send/pool';
import { pooledSend, type PooledOptions } from '../../../lib/runtime/send/pooled';
import { selfSigned, tlsSite } from './tls-world';

export const pair = selfSigned();
export const anywhere: Egress = { check: async () => undefined, checkRedirect: () => undefined };
export const json = (response: ServerResponse, body: unknown, headers = {}) =>
	response
		.writeHead(200, { 'content-type': 'application/json', ...headers })
		.end(JSON.stringify(body));

const toClose: Array<{ close(): unknown }> = [];
/** Closes what `keep` was given, the newest first. */
export async function closeAll() {
	for (const one of toClose.splice(0)) await one.close();
}
export function keep<One extends { close(): unknown }>(one: One): One {
	toClose.unshift(one);
	return one;
}

export const site = async (answer: RequestListener) => keep(await tlsSite(pair, answer));
export const poolOf = (options: PoolOptions = {}): Pool =>
	keep(connectionPool({ ca: pair.cert, proxyFor: () => '', ...options }));
export const sendOf = (options: Partial<PooledOptions> = {}) =>
	pooledSend({ vendor: 'acme', pool: options.pool ?? poolOf(), egress: anywhere, ...options });

export const get = (url: string, more: Partial<Try> = {}): Try => ({
	method: 'GET',
	url,
	timeoutMs: 5_000,
	...more,
});
export async function failure(call: Promise<unknown>): Promise<PipelineError> {
	const error = await call.then(
		() => new Error('It answered'),
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(PipelineError);
	return error as PipelineError;
}
export async function until(true_: () => boolean) {
	for (let turn = 0; turn < 200 && !true_(); turn += 1) await pause(5);
	expect(true_()).toBe(true);
}
