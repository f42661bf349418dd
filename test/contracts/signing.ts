import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import type { Sign } from './vendor-server';

export const withHeader =
	(name: string, value: string): Sign =>
	(request) => ({ ...request, headers: { ...request.headers, [name]: value } });

export const withQuery =
	(name: string, value: string): Sign =>
	(request) => ({ ...request, query: { ...request.query, [name]: value } });

export const withBasic = (user: string, password = ''): Sign =>
	withHeader('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);

/** As n8n signs with a credential type: by its function, or by its headers and query with the data put in. */
export const signedBy =
	(type: ICredentialType, data: Readonly<Record<string, string>>): Sign =>
	async (request) => {
		const { method, url, headers, query, body } = request;
		const options = { method, url, headers: { ...headers }, qs: { ...query }, body };
		const { authenticate } = type;
		if (typeof authenticate === 'function') {
			const signed = await authenticate({ ...data }, options as IHttpRequestOptions);
			const { qs, ...rest } = signed as typeof options;
			return { ...request, ...rest, query: qs };
		}
		if (!authenticate) throw new Error(`${type.name} does not sign`);
		const filled = (parts: object | undefined) =>
			Object.fromEntries(
				Object.entries(parts ?? {}).map(([name, value]) => [name, fill(String(value), data)]),
			);
		return {
			...request,
			headers: { ...headers, ...filled(authenticate.properties.headers) },
			query: { ...query, ...filled(authenticate.properties.qs) },
		};
	};

/** `=Bearer {{ $credentials.apiKey }}` */
const fill = (expression: string, data: Readonly<Record<string, string>>) =>
	expression
		.replace(/^=/, '')
		.replace(/\{\{\s*\$credentials\.(\w+)\s*\}\}/g, (_, name: string) => data[name] ?? '');
