import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { HttpResponse, Send } from '../../lib/runtime/http';
import { noAnswer } from '../../lib/runtime/send/no-answer';
import type { Context, Vendor } from './context';
import { readCredential } from './credential';

interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** n8n's own way out: it signs, refreshes, and opens a connection for every call. */
export function n8nSend(node: Context, vendor: Vendor): Send {
	return async ({ method, url, query, headers, body, timeoutMs, signal }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			json: true,
			timeout: timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: vendor.oauth2 ? { ignore: true, except: [401] } : true,
			...(signal && { abortSignal: signal }),
			...(query && { qs: withoutUndefined(query) }),
			...(headers && { headers }),
			...(body !== undefined && { body: body as IDataObject }),
		};
		try {
			return toResponse((await signAndSend(node, vendor, options)) as FullResponse);
		} catch (error) {
			const answer = answerWithin(error);
			if (answer) return answer;
			throw noAnswer(error, { vendor: vendor.vendor, timeoutMs });
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
	const { apiKey } = await readCredential(node, credential);
	const headers = { ...options.headers, [apiKeyHeader]: String(apiKey ?? '') };
	return (await node.helpers.httpRequest.call(node, { ...options, headers })) as unknown;
}

const withoutUndefined = (query: object) =>
	Object.fromEntries(
		Object.entries(query).filter(([, value]) => value !== undefined),
	) as IDataObject;

export function toResponse({ statusCode, headers, body }: FullResponse): HttpResponse {
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
