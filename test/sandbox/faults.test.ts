import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { openFaultBook } from '../../sandbox/faults';
import { useWorld } from './world';

const at = useWorld();
const contact = { inputs: [{ id: 'a@b.com', idProperty: 'email', properties: {} }] };
const upsert = () =>
	at.client.hubspot('/crm/objects/2026-09/contacts/batch/upsert', { body: contact });

describe('faults', () => {
	it('limits the rate in the vendor’s words, then heals', async () => {
		await at.world.setFault('hubspot', { kind: 'rate-limit', retryAfter: 7, times: 2 });
		const limited = await upsert();
		expect(limited).toMatchObject({
			status: 429,
			headers: { 'retry-after': '7' },
			body: { category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' },
		});
		expect([(await upsert()).status, (await upsert()).status]).toEqual([429, 200]);
	});

	it('takes Retry-After as a date and another status', async () => {
		const retryAfter = 'Sat, 21 Nov 2099 10:00:00 GMT';
		await at.world.setFault('google-calendar', { kind: 'rate-limit', status: 403, retryAfter });
		const answer = await at.client.google('/users/me/calendarList');
		expect(answer).toMatchObject({ status: 403, headers: { 'retry-after': retryAfter } });
		expect(answer.text).toContain('rateLimitExceeded');
	});

	it('fails with the vendor’s error body and leaves the others alone', async () => {
		await at.world.setFault('apollo', { kind: 'error', status: 500 });
		const apollo = await at.client.apollo('/people/match', { body: { email: 'a@b.com' } });
		expect(apollo.status).toBe(500);
		expect((await upsert()).status).toBe(200);
	});

	it('slows down, and goes silent until the connection breaks', async () => {
		await at.world.setFault('hubspot', { kind: 'latency', ms: 120, times: 1 });
		expect((await timed(upsert)).ms).toBeGreaterThanOrEqual(115);
		await at.world.setFault('hubspot', { kind: 'timeout', ms: 150, times: 1 });
		const silent = await timed(() => upsert().catch((error: Error) => error));
		expect(silent.value).toMatchObject({
			message: expect.stringMatching(/hang up|ECONNRESET/) as unknown,
		});
		expect(silent.ms).toBeGreaterThanOrEqual(145);
		expect((await at.world.state()).hubspot['contacts']).toHaveLength(2);
	});

	it('counts no call of the world before', async () => {
		await at.world.setFault('hubspot', { kind: 'timeout', ms: 100, times: 1 });
		const silent = upsert().catch(() => undefined);
		await delay(30);
		await at.world.reset();
		await silent;
		expect(await at.world.calls()).toEqual([]);
	});

	it('breaks the connection before anything happens', async () => {
		await at.world.setFault('hubspot', { kind: 'reset' });
		await expect(upsert()).rejects.toThrow(/hang up|ECONNRESET/);
		expect((await at.world.state()).hubspot['contacts']).toHaveLength(1);
		expect((await at.world.calls()).at(-1)).toMatchObject({ status: 0, fault: 'reset' });
	});

	it('does the write and then breaks the connection', async () => {
		await at.world.setFault('hubspot', { kind: 'drop-after-write', times: 1 });
		const read = await at.client.hubspot('/crm/v3/owners');
		expect(read.status).toBe(200);
		await expect(upsert()).rejects.toThrow(/hang up|ECONNRESET/);
		expect((await at.world.state()).hubspot['contacts']).toHaveLength(2);
		expect((await upsert()).body['results']?.[0]).toMatchObject({ new: false });
	});

	it('cuts an answer in half', async () => {
		await at.world.setFault('hunter', { kind: 'malformed' });
		const { status, text } = await at.client.hunter(
			'/companies/find?domain=harborline-logistics.com',
		);
		expect(status).toBe(200);
		expect(() => JSON.parse(text) as unknown).toThrow();
	});

	it('hits only the path it names', async () => {
		await at.world.setFault('hubspot', { kind: 'error', path: 'batch/upsert' });
		expect((await at.client.hubspot('/crm/v3/owners')).status).toBe(200);
		expect((await upsert()).status).toBe(503);
		await at.world.clearFaults('hubspot');
		expect((await upsert()).status).toBe(200);
	});

	it('refuses hosts that nobody simulates', async () => {
		const answer = await at.client.call('https://api.nobody-simulates.com/v1/things');
		expect(answer).toMatchObject({ status: 502, body: { error: 'not_simulated' } });
		expect((await at.world.calls()).at(-1)).toMatchObject({
			vendor: 'unsimulated',
			path: 'https://api.nobody-simulates.com/v1/things',
		});
	});

	it('survives a caller who gives up', async () => {
		await at.world.setFault('hubspot', { kind: 'timeout', ms: 60, times: 1 });
		const proxy = new URL(at.world.proxyUrl);
		await new Promise<void>((resolve) => {
			const call = request({
				host: proxy.hostname,
				port: proxy.port,
				path: 'http://api.hubapi.com/x',
			});
			call.on('error', () => resolve());
			call.end();
			setTimeout(() => call.destroy(new Error('gave up')), 20);
		});
		expect((await upsert()).status).toBe(200);
	});
});

describe('the fault book', () => {
	it('hits the share it is told to', () => {
		let next = 0.3;
		const book = openFaultBook(() => next);
		book.set('slack', { kind: 'error', probability: 0.5 });
		expect(book.next('slack', '/x')).toMatchObject({ kind: 'error' });
		next = 0.7;
		expect(book.next('slack', '/x')).toBeUndefined();
	});

	it('replaces the same fault and reads a path as an expression', () => {
		const book = openFaultBook(() => 0);
		book.set('slack', { kind: 'error', times: 1, path: '/chat\\..*/' });
		book.set('slack', { kind: 'error', times: 3, path: '/chat\\..*/' });
		expect(book.list()).toEqual([
			{ vendor: 'slack', kind: 'error', times: 3, path: '/chat\\..*/' },
		]);
		expect(book.next('slack', '/api/auth.test')).toBeUndefined();
		expect(book.next('slack', '/api/chat.update')).toBeDefined();
		expect(book.list()[0]?.times).toBe(2);
	});

	it('refuses a fault that makes no sense', () => {
		const book = openFaultBook(() => 0);
		expect(() => book.set('slack', { kind: 'error', status: 200 })).toThrow();
	});
});

async function timed<T>(run: () => Promise<T>): Promise<{ value: T; ms: number }> {
	const started = performance.now();
	const value = await run();
	return { value, ms: performance.now() - started };
}
