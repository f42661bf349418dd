import { mkdtempSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { PipelineError } from '../../lib/domain/errors';
import { plainSite, type Site } from '../runtime/send/tls-world';

interface Heard {
	readonly headers: IncomingHttpHeaders;
	readonly url: string;
}
export const heard: Heard[] = [];
/** The next answers; 200 after them. */
interface Answer {
	readonly status: number;
	readonly headers?: Record<string, string>;
	readonly body?: string;
}
export const answers: Answer[] = [];
const OK: Answer = { status: 200 };
export const EXPIRED: Answer = { status: 401 };
/** Tokens that the vendor does not take any more. */
export const refuse = new Set<string>();
export let site: Site;
/** A vendor to call, for the tests of one file. */
export function withSite() {
	const environment = process.env;
	beforeAll(async () => {
		const named = Object.entries(environment).filter(([name]) => !/proxy/i.test(name));
		const folder = mkdtempSync(join(tmpdir(), 'transport-'));
		process.env = { ...Object.fromEntries(named), N8N_USER_FOLDER: folder };
		site = await plainSite((request, response) => {
			heard.push({ headers: request.headers, url: request.url ?? '' });
			const expired = refuse.has(request.headers.authorization ?? '') && EXPIRED;
			const { status, headers = {}, body = '{}' } = expired || answers.shift() || OK;
			response.writeHead(status, headers).end(body);
		});
	});
	afterAll(async () => {
		process.env = environment;
		await site.close();
	});
	beforeEach(() => {
		heard.length = 0;
		answers.length = 0;
		refuse.clear();
	});
}

let accounts = 0;
export interface Scene {
	readonly data?: IDataObject;
	readonly helpers?: Record<string, unknown>;
	readonly more?: Record<string, unknown>;
}

/** What n8n 2.x gives a node: its interface, and behind it what n8n itself signs with. */
export function n8n({ data = {}, helpers = {}, more = {} }: Scene = {}) {
	const byHelper: IHttpRequestOptions[] = [];
	const answer = async (options: IHttpRequestOptions) => {
		byHelper.push(options);
		return await Promise.resolve({ statusCode: 200, headers: {}, body: {} });
	};
	const id = `account-${(accounts += 1)}`;
	const decrypted = jest.fn(async () => await Promise.resolve(data));
	const context = {
		getNode: () => ({ name: 'X', credentials: { acmeApi: { id, name: 'Acme' } } }),
		getInputData: () => [],
		getExecutionId: () => '77',
		getExecutionCancelSignal: () => undefined,
		getCredentials: decrypted,
		workflow: {},
		additionalData: {
			credentialsHelper: {
				getCredentialsProperties: () => [{ name: 'token' }],
				authenticate: async ({ token }: IDataObject, _: string, options: IHttpRequestOptions) => {
					options.headers = { ...options.headers, Authorization: `Bearer ${String(token)}` };
					options.qs = { ...options.qs, signed: 1 };
					return await Promise.resolve(options);
				},
			},
		},
		helpers: {
			httpRequest: answer,
			httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
				await answer(options),
			getSecureEgressFilter: () => everywhere,
			...helpers,
		},
		...more,
	};
	return { node: context as unknown as IExecuteFunctions, byHelper, decrypted };
}

export const filter = (refused: readonly string[] = []) => {
	const check = (url: string | URL) => {
		if (refused.includes(new URL(url).host)) throw new Error('The target address is blocked');
	};
	return {
		validateUrl: async (url: URL) => {
			try {
				check(url);
				return await Promise.resolve({ ok: true, result: undefined });
			} catch (error) {
				return { ok: false, error };
			}
		},
		createSecureLookup: () => undefined,
		validateRedirectSync: check,
	};
};

export const everywhere = filter();

export const vendor = {
	vendor: 'acme',
	title: 'Acme',
	credential: 'acmeApi',
	retry: { tries: 1, baseMs: 1, maxMs: 1 },
};
export const get = () => ({ method: 'GET', url: `${site.url}/x` }) as const;
export const codeOf = async (call: Promise<unknown>) =>
	await call.then(
		() => 'answered',
		(error: PipelineError) => error.code,
	);
