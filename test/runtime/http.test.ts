import fc from 'fast-check';
import { z } from 'zod';
import { PipelineError } from '../../lib/domain/errors';
import { readAnswer } from '../../lib/runtime/answer';
import {
	httpClient,
	type HttpOptions,
	type HttpRequest,
	type HttpResponse,
} from '../../lib/runtime/http';
import { DEFAULT_RETRY, mayRepeat, retryDelay } from '../../lib/runtime/policies/retry';
import { parseRetryAfter } from '../../lib/runtime/policies/retry-after';
import { codeOfStatus, vendorError } from '../../lib/runtime/vendor-error';

const NOW = Date.UTC(2026, 10, 23, 12);

describe('Retry-After', () => {
	it.each([
		['7', 7000],
		['0', 0],
		['1.5', 1500],
		[' 30 ', 30_000],
		['Mon, 23 Nov 2026 12:00:10 GMT', 10_000],
		['Mon, 23 Nov 2026 11:59:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j is %j ms', (value, ms) => expect(parseRetryAfter(value, NOW)).toBe(ms));
});

describe('the wait before the next try', () => {
	const state = { attempt: 1, now: NOW, deadlineAt: NOW + 60_000, random: 1 };

	it('doubles, up to its ceiling, with full jitter', () => {
		const waits = [1, 2].map((attempt) => retryDelay(DEFAULT_RETRY, { ...state, attempt }));
		expect(waits).toEqual([500, 1000]);
		expect(retryDelay({ ...DEFAULT_RETRY, tries: 99 }, { ...state, attempt: 20 })).toBe(20_000);
		expect(retryDelay(DEFAULT_RETRY, { ...state, random: 0 })).toBe(0);
	});

	it('is exactly what the vendor asked for, or none past the deadline', () => {
		expect(retryDelay(DEFAULT_RETRY, { ...state, retryAfterMs: 4321 })).toBe(4321);
		expect(retryDelay(DEFAULT_RETRY, { ...state, retryAfterMs: 60_000 })).toBeUndefined();
	});

	it('never passes the deadline, and ends after the tries', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.nat(5000),
				(attempt, random, left) => {
					const delay = retryDelay(DEFAULT_RETRY, {
						attempt,
						random,
						now: NOW,
						deadlineAt: NOW + left,
					});
					return delay === undefined || (delay < left && attempt < DEFAULT_RETRY.tries);
				},
			),
		);
	});
});

it.each([
	[429, false, true],
	[503, false, false],
	[503, true, true],
	['no-answer', false, false],
	['no-answer', true, true],
	[400, true, false],
	[401, true, false],
] as const)(
	'a %s answer to a request that is idempotent: %s may be repeated: %s',
	(status, idempotent, may) => {
		expect(mayRepeat(status, idempotent)).toBe(may);
	},
);

describe('the client', () => {
	type Step = number | 'lost' | Partial<HttpResponse>;
	function world(steps: readonly Step[], options: Partial<HttpOptions> = {}) {
		let clock = NOW;
		const sent: HttpRequest[] = [];
		const waited: number[] = [];
		const http = httpClient(
			async (request) => {
				const step = steps[sent.length] ?? 200;
				sent.push(request);
				if (step === 'lost') throw new PipelineError('TIMEOUT', 'lost');
				const answer = typeof step === 'number' ? { status: step } : step;
				return { status: 200, headers: {}, body: { ok: true }, ...answer };
			},
			{
				vendor: 'acme',
				now: () => clock,
				random: () => 1,
				sleep: async (ms) => {
					waited.push(ms);
					clock += ms;
				},
				...options,
			},
		);
		return { http, sent, waited };
	}
	const get = { method: 'GET', url: 'https://acme.test/x' } as const;
	const post = { ...get, method: 'POST' } as const;

	it('waits as long as it was told, and then succeeds', async () => {
		const { http, sent, waited } = world([{ status: 429, headers: { 'retry-after': '3' } }]);
		await expect(http.send(post)).resolves.toMatchObject({ status: 200 });
		expect([sent.length, waited]).toEqual([2, [3000]]);
	});

	it('does not repeat a write whose answer was lost, unless it does no harm twice', async () => {
		const careful = world(['lost']);
		await expect(careful.http.send(post)).rejects.toMatchObject({ code: 'TIMEOUT' });
		expect(careful.sent).toHaveLength(1);
		const safe = world(['lost']);
		await expect(safe.http.send({ ...post, idempotent: true })).resolves.toMatchObject({
			status: 200,
		});
		expect(safe.sent).toHaveLength(2);
	});

	it('gives up after the tries, and says how long the vendor wanted', async () => {
		const busy = { status: 429, headers: { 'retry-after': '2' } };
		const { http, sent } = world([busy, busy, busy, busy]);
		await expect(http.send(get)).rejects.toMatchObject({
			code: 'RATE_LIMITED',
			retryable: true,
			details: { retryAfterMs: 2000, vendor: 'acme' },
		});
		expect(sent).toHaveLength(3);
	});

	it('keeps every try and every wait inside one deadline', async () => {
		const { http, sent, waited } = world([500, 500], {
			deadlineAt: NOW + 700,
			retry: { tries: 9, baseMs: 600, maxMs: 9000 },
		});
		await expect(http.send(get)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
		expect(waited).toEqual([600]);
		expect(sent.map((request) => request.timeoutMs)).toEqual([700, 100]);
	});

	it('does not start a call after the deadline', async () => {
		const { http, sent } = world([], { deadlineAt: NOW });
		await expect(http.send(get)).rejects.toMatchObject({ code: 'TIMEOUT' });
		expect(sent).toHaveLength(0);
	});

	it('hands over statuses that are an answer', async () => {
		const { http } = world([404]);
		await expect(http.send({ ...get, accept: [404] })).resolves.toMatchObject({ status: 404 });
	});
});

describe('a refusal', () => {
	const refusal = (status: number, body: unknown, headers = {}) =>
		vendorError('acme', { status, headers, body }, NOW);

	it.each([
		[{ message: 'Property "x" does not exist' }, 'Property "x" does not exist'],
		[{ error: { message: 'Not Found', code: 404 } }, 'Not Found'],
		[{ errors: [{ id: 'wrong_params', details: 'domain is missing' }] }, 'domain is missing'],
		[{ ok: false, error: 'invalid_auth' }, 'invalid_auth'],
		['Invalid access credentials.', 'Invalid access credentials.'],
		['<!DOCTYPE html><html><head><title>502 Bad Gateway</title>', 'a page, 502 Bad Gateway'],
		['<html><body>nginx</body></html>', 'a page'],
		[{ detail: 'odd', code: 7 }, '{"detail":"odd","code":7}'],
		[{ errors: [{ detail: 'Email is taken' }] }, 'Email is taken'],
		[' two\n  lines ', 'two lines'],
	])('says what the vendor said: %j', (body, text) => {
		expect(refusal(400, body).message).toBe(`acme answered 400: ${text}`);
	});

	it('masks addresses and is short', () => {
		const { message } = refusal(409, {
			message: `Contact ada.lovelace@example.com exists. ${'x'.repeat(900)}`,
		});
		expect(message).toContain('a***@example.com');
		expect(message).not.toContain('ada.lovelace');
		expect(message.length).toBeLessThan(330);
	});

	it.each([
		['Invalid API key: sk_live_51Habcdef', 'sk_live_51Habcdef'],
		[{ message: 'Bad header Authorization: Bearer pat-na1-11aa22bb' }, 'pat-na1-11aa22bb'],
		[{ request: { api_key: '0123456789abcdef' } }, '0123456789abcdef'],
		['No contact with +49 151 1234 5678', '1234 5678'],
	])('repeats no secret and no number: %j', (body, hidden) => {
		const { message } = refusal(400, body);
		expect(message).toContain('***');
		expect(message).not.toContain(hidden);
	});

	it('says when to come back where the vendor is busy, and only there', () => {
		const headers = { 'x-minute-requests-left': '0' };
		expect(refusal(429, '', headers).details.retryAfterMs).toBe(60_000);
		expect(refusal(503, '', { 'retry-after': '4' }).details.retryAfterMs).toBe(4_000);
		expect(refusal(400, '', headers).details.retryAfterMs).toBeUndefined();
	});

	it('keeps the request id for the support desk', () => {
		expect(refusal(500, '', { 'x-hubspot-correlation-id': 'c-1' }).details.requestId).toBe('c-1');
	});

	it.each([
		[400, 'FIELD_MISMATCH'],
		[401, 'AUTH_FAILED'],
		[402, 'QUOTA_EXHAUSTED'],
		[403, 'SCOPE_DENIED'],
		[407, 'UPSTREAM_UNAVAILABLE'],
		[408, 'TIMEOUT'],
		[409, 'CONFLICT'],
		[413, 'INVALID_INPUT'],
		[422, 'FIELD_MISMATCH'],
		[304, 'UPSTREAM_UNAVAILABLE'],
		[500, 'UPSTREAM_UNAVAILABLE'],
		[429, 'RATE_LIMITED'],
		[503, 'UPSTREAM_UNAVAILABLE'],
		[504, 'TIMEOUT'],
	] as const)('%s is %s', (status, code) => expect(codeOfStatus(status)).toBe(code));
});

it("an answer of another shape is the vendor's failure, with the place", () => {
	const read = () =>
		readAnswer(
			z.object({ id: z.object({ n: z.number() }) }),
			{ status: 200, headers: {}, body: { id: { n: 'one' } } },
			'acme',
		);
	expect(read).toThrow(
		expect.objectContaining({
			code: 'UPSTREAM_UNAVAILABLE',
			message: expect.stringContaining('id.n'),
		}),
	);
});
