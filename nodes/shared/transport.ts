import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import {
	httpClient,
	type Http,
	type HttpOptions,
	type HttpResponse,
	type Send,
} from '../../lib/runtime/http';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

export interface Vendor extends HttpOptions {
	/** n8n credential type that the call is signed with. */
	readonly credential: string;
	/** What the user sees when the credential is not set, e.g. `Hunter`. */
	readonly title: string;
	/** Whether n8n refreshes tokens for this type: then a 401 has to reach n8n as an error. */
	readonly oauth2?: boolean;
	/** Header for the credential's `apiKey`, where n8n's type does not sign requests itself. */
	readonly apiKeyHeader?: string;
}

/** A vendor's client, signed by n8n: its OAuth2 refresh, proxy and egress policy apply. */
export function openHttp(node: Context, vendor: Vendor): Http {
	requireCredential(node, vendor);
	return httpClient(n8nSend(node, vendor), vendor);
}

/** n8n answers a missing optional credential with "Node does not require credentials": say it better. */
function requireCredential(node: Context, { credential, title }: Vendor) {
	if (node.getNode().credentials?.[credential]) return;
	throw new PipelineError(
		'CONFIG_INVALID',
		`${title} is selected but no ${title} credential is set. Choose one in the node`,
	);
}

interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

function n8nSend(node: Context, vendor: Vendor): Send {
	return async ({ method, url, query, headers, body, timeoutMs }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			json: true,
			timeout: timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: vendor.oauth2 ? { ignore: true, except: [401] } : true,
			...(query && { qs: withoutUndefined(query) }),
			...(headers && { headers }),
			...(body !== undefined && { body: body as IDataObject }),
		};
		try {
			return toResponse((await signAndSend(node, vendor, options)) as FullResponse);
		} catch (error) {
			return answerWithin(error) ?? noAnswer(error, vendor.vendor, timeoutMs);
		}
	};
}

async function signAndSend(node: Context, vendor: Vendor, options: IHttpRequestOptions) {
	const { credential, apiKeyHeader } = vendor;
	if (!apiKeyHeader) {
		return (await node.helpers.httpRequestWithAuthentication.call(
			node,
			credential,
			options,
		)) as unknown;
	}
	const key = await apiKeyOf(node, credential);
	const headers = { ...options.headers, [apiKeyHeader]: key };
	return (await node.helpers.httpRequest.call(node, { ...options, headers })) as unknown;
}

async function apiKeyOf(node: Context, credential: string): Promise<string> {
	const { apiKey } = await node.getCredentials(credential);
	return String(apiKey ?? '');
}

const withoutUndefined = (query: object) =>
	Object.fromEntries(
		Object.entries(query).filter(([, value]) => value !== undefined),
	) as IDataObject;

function toResponse({ statusCode, headers, body }: FullResponse): HttpResponse {
	const lower = Object.entries(headers ?? {}).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	return { status: statusCode, headers: Object.fromEntries(lower) as Record<string, string>, body };
}

/** n8n throws a 401 of an OAuth2 call, after its refresh did not help: it is an answer all the same. */
function answerWithin(error: unknown): HttpResponse | undefined {
	const { httpCode, description, cause } = error as {
		httpCode?: string;
		description?: string;
		cause?: { response?: { status: number; headers?: IDataObject; data?: unknown } };
	};
	if (cause?.response)
		return toResponse({
			statusCode: cause.response.status,
			headers: cause.response.headers ?? {},
			body: cause.response.data,
		});
	return httpCode && /^\d{3}$/.test(httpCode)
		? { status: Number(httpCode), headers: {}, body: description ?? '' }
		: undefined;
}

const TIMEOUT_CODES = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** In words, because n8n replaces a message that holds one of Node's codes by a sentence of its own. */
const BROKEN: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'connection reset',
	EAI_AGAIN: 'name not resolved',
	ENOTFOUND: 'name not found',
	EPIPE: 'connection closed',
};

function noAnswer(error: unknown, vendor: string, timeoutMs: number): never {
	const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string } };
	const reason = String(cause?.code ?? code ?? message);
	const timedOut = TIMEOUT_CODES.has(reason) || /timeout of|timed out/i.test(message);
	throw new PipelineError(
		timedOut ? 'TIMEOUT' : 'UPSTREAM_UNAVAILABLE',
		timedOut
			? `${vendor} did not answer within ${timeoutMs} ms`
			: `${vendor} could not be reached (${BROKEN[reason] ?? 'no answer'})`,
		{ vendor, cause: error },
	);
}
