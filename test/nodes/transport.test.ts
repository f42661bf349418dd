import { openHttp } from '../../nodes/shared/transport';
import {
	answers,
	codeOf,
	filter,
	get,
	heard,
	n8n,
	site,
	vendor,
	withSite,
	type Scene,
} from './transport-host';

withSite();

describe('a vendor is called', () => {
	it('over a kept connection, signed by the credential’s own type', async () => {
		const { node, byHelper, decrypted } = n8n({ data: { token: 't0ken' } });
		const before = site.connections.made;
		for (let call = 0; call < 20; call += 1) await openHttp(node, vendor).send(get());
		expect(site.connections.made - before).toBe(1);
		expect(byHelper).toEqual([]);
		expect(decrypted).toHaveBeenCalledTimes(1);
		expect(heard[0]).toMatchObject({
			url: '/x?signed=1',
			headers: { authorization: 'Bearer t0ken' },
		});
	});

	it('with the key that n8n’s type does not send itself', async () => {
		const { node } = n8n({ data: { apiKey: 'k3y' } });
		await openHttp(node, { ...vendor, apiKeyHeader: 'X-API-KEY' }).send(get());
		expect(heard[0]?.headers['x-api-key']).toBe('k3y');
	});

	it('with the correlation id of the lead, or else of the execution', async () => {
		const { node } = n8n();
		await openHttp(node, { ...vendor, correlationId: 'lead-7' }).send(get());
		await openHttp(node, vendor).send(get());
		expect(heard.map(({ headers }) => headers['x-correlation-id'])).toEqual([
			'lead-7',
			'execution-77',
		]);
	});

	it.each<[string, Scene]>([
		['n8n is older than its egress filter', { helpers: { getSecureEgressFilter: undefined } }],
		['n8n hides how it signs', { more: { additionalData: undefined } }],
		[
			'the type fetches a token first',
			{
				more: {
					workflow: {},
					additionalData: {
						credentialsHelper: {
							authenticate: () => undefined,
							getCredentialsProperties: () => [{ typeOptions: { expirable: true } }],
						},
					},
				},
			},
		],
		[
			'n8n answers itself, in an evaluation',
			{
				more: {
					additionalData: {
						evalLlmMockHandler: () => undefined,
						credentialsHelper: {
							authenticate: () => undefined,
							getCredentialsProperties: () => [],
						},
					},
				},
			},
		],
	])('by n8n’s helper where %s', async (_, scene) => {
		const { node, byHelper } = n8n(scene);
		await openHttp(node, vendor).send(get());
		expect([byHelper.length, heard.length]).toEqual([1, 0]);
		expect(byHelper[0]).toMatchObject({
			headers: { 'x-correlation-id': 'execution-77' },
			returnFullResponse: true,
		});
	});

	it('not where the instance forbids it', async () => {
		const { node } = n8n({
			helpers: { getSecureEgressFilter: () => filter([new URL(site.url).host]) },
		});
		expect(await codeOf(openHttp(node, vendor).send(get()))).toBe('CONFIG_INVALID');
		expect(heard).toEqual([]);
	});

	it('not after the execution was stopped', async () => {
		const { node } = n8n({ more: { getExecutionCancelSignal: () => AbortSignal.abort() } });
		expect(await codeOf(openHttp(node, vendor).send(get()))).toBe('CANCELLED');
	});

	it('once for the same question at the same time, where it is only read', async () => {
		const { node } = n8n();
		const ask = async (more: object) => await openHttp(node, { ...vendor, ...more }).send(get());
		await Promise.all([
			ask({ readOnly: true, correlationId: 'a' }),
			ask({ readOnly: true, correlationId: 'b' }),
		]);
		expect(heard).toHaveLength(1);
		await Promise.all([ask({}), ask({})]);
		expect(heard).toHaveLength(3);
	});

	it('no more once it keeps failing, by this credential alone', async () => {
		const { node } = n8n();
		answers.push(...Array.from({ length: 20 }, () => ({ status: 500 })));
		for (let call = 0; call < 20; call += 1) await codeOf(openHttp(node, vendor).send(get()));
		expect(await codeOf(openHttp(node, vendor).send(get()))).toBe('CIRCUIT_OPEN');
		expect(await codeOf(openHttp(n8n().node, vendor).send(get()))).toBe('answered');
		expect(heard).toHaveLength(21);
	});
});
