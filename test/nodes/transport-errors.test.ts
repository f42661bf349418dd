import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { PipelineError, type ErrorCode } from '../../lib/domain/errors';
import { toNodeError } from '../../nodes/shared/failure';
import { openHttp } from '../../nodes/shared/transport';
import { get, n8n, vendor, withSite } from './transport-host';

withSite();

describe('by n8n’s helper', () => {
	const old = (thrown: unknown) =>
		n8n({
			helpers: {
				getSecureEgressFilter: undefined,
				httpRequestWithAuthentication: async () => await Promise.reject(thrown),
			},
		}).node;

	it.each([
		[{ code: 'ECONNREFUSED', message: 'x' }, 'UPSTREAM_UNAVAILABLE', 'connection refused'],
		[{ code: 'ECONNABORTED', message: 'timeout of 5 ms exceeded' }, 'TIMEOUT', 'did not answer'],
		[
			{ message: 'x', cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) },
			'UPSTREAM_UNAVAILABLE',
			'name not found',
		],
	])('%j is %s', async (fault, code, words) => {
		const call = openHttp(old(Object.assign(new Error(), fault)), vendor).send(get());
		await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
	});

	it('keeps nothing of the request that n8n’s error carries', async () => {
		const fault = Object.assign(new Error('x'), {
			code: 'ECONNRESET',
			config: { headers: { Authorization: 's3cret' } },
		});
		const thrown: unknown = await openHttp(old(fault), vendor)
			.send(get())
			.catch((error: unknown) => error);
		expect((thrown as PipelineError).cause).toEqual(new Error('ECONNRESET'));
	});
});

describe('the error that n8n shows', () => {
	const node = n8n().node;
	it.each<[ErrorCode, object, unknown]>([
		['RATE_LIMITED', { status: 429, retryAfterMs: 5 }, { cause: 'rate-limited', retryAfterMs: 5 }],
		['QUOTA_EXHAUSTED', { status: 402 }, { cause: 'quota-exhausted' }],
		['CIRCUIT_OPEN', { retryAfterMs: 9 }, { cause: 'temporarily-unavailable', retryAfterMs: 9 }],
		['TIMEOUT', {}, { cause: 'temporarily-unavailable' }],
		['AUTH_FAILED', { status: 401 }, { cause: 'credential-invalid' }],
		['SCOPE_DENIED', { status: 403 }, { cause: 'configuration-invalid' }],
		['INTERNAL', {}, { cause: 'node-defect' }],
		['CANCELLED', {}, undefined],
	])('of %s links to its entry and says what n8n may do', (code, details, failure) => {
		const shown = toNodeError(
			node,
			new PipelineError(code, 'What happened', { vendor: 'acme', ...details }),
			3,
		);
		expect(shown.message).toBe('What happened [item 3]');
		expect(shown.description).toContain(`docs/errors.md#${code.toLowerCase()}"`);
		expect(shown).toBeInstanceOf('status' in details ? NodeApiError : NodeOperationError);
		expect((shown as { failure?: unknown }).failure).toEqual(failure);
	});
});
