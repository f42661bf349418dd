import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { HttpResponse, Try } from '../../lib/runtime/http';
import type { Context, Vendor } from './context';
import { forgetCredential, readCredential } from './credential';

/** Puts a credential on requests without n8n sending them. */
export interface Signer {
	/** Undefined: this credential is one that only n8n can sign with. */
	sign(request: Try): Promise<Try | undefined>;
	/** Whether a 401 was worth a renewed credential: then the request is signed and sent once more. */
	renew?(response: HttpResponse, sent: Try): Promise<boolean>;
}

/** How the vendor's credential signs, or undefined where n8n has to send. */
export function signerFor(node: Context, vendor: Vendor): Signer | undefined {
	if (vendor.apiKeyHeader) return keySigner(node, vendor, vendor.apiKeyHeader);
	if (vendor.oauth2) return tokenSigner(node, vendor);
	return typeSigner(node, vendor);
}

const withHeaders = (request: Try, headers: Readonly<Record<string, string>>): Try => ({
	...request,
	headers: { ...request.headers, ...headers },
});

function keySigner(node: Context, { credential }: Vendor, header: string): Signer {
	return {
		async sign(request) {
			const { apiKey } = await readCredential(node, credential);
			return withHeaders(request, { [header]: String(apiKey ?? '') });
		},
	};
}

/** One refresh at a time per credential, however many calls found the token expired. */
const renewals = new Map<string, Promise<unknown>>();

/** OAuth2: the token that n8n keeps; n8n renews and stores it. */
function tokenSigner(node: Context, { credential }: Vendor): Signer | undefined {
	const { refreshOAuth2Token } = node.helpers;
	if (typeof refreshOAuth2Token !== 'function') return undefined;
	const bearer = async () => {
		const { oauthTokenData } = await readCredential(node, credential);
		const token = (oauthTokenData as IDataObject | undefined)?.['access_token'];
		return typeof token === 'string' && token ? `Bearer ${token}` : undefined;
	};
	const refresh = async () => {
		const key = node.getNode().credentials?.[credential]?.id ?? credential;
		const running =
			renewals.get(key) ??
			refreshOAuth2Token
				.call(node as ThisParameterType<typeof refreshOAuth2Token>, credential)
				.finally(() => renewals.delete(key));
		renewals.set(key, running);
		await running;
		forgetCredential(node, credential);
	};
	return {
		async sign(request) {
			const authorization = await bearer();
			return authorization ? withHeaders(request, { authorization }) : undefined;
		},
		async renew({ status }, sent) {
			if (status !== 401) return false;
			forgetCredential(node, credential);
			// Another call or worker may have renewed it already.
			if ((await bearer()) !== sent.headers?.['authorization']) return true;
			// A refresh that fails leaves the 401 as the answer: the user is told to reconnect.
			return await refresh().then(
				() => true,
				() => false,
			);
		},
	};
}

/** What n8n signs with. Not part of its interface for nodes, so every piece is looked for. */
interface Machinery {
	readonly helper: ICredentialsHelper;
	readonly workflow: Workflow;
	readonly node: INode;
}

function machineryOf(node: Context): Machinery | undefined {
	const { additionalData, workflow } = node as unknown as {
		additionalData?: { credentialsHelper?: ICredentialsHelper; evalLlmMockHandler?: unknown };
		workflow?: Workflow;
	};
	const helper = additionalData?.credentialsHelper;
	// In an evaluation n8n answers requests itself; then it has to see them.
	if (!helper || !workflow || additionalData?.evalLlmMockHandler) return undefined;
	if (typeof helper.authenticate !== 'function') return undefined;
	return { helper, workflow, node: node.getNode() };
}

/** Any other type: by its own `authenticate`, through n8n. */
function typeSigner(node: Context, { credential }: Vendor): Signer | undefined {
	const machinery = machineryOf(node);
	if (!machinery || expires(machinery.helper, credential)) return undefined;
	return {
		async sign(request) {
			const data = await readCredential(node, credential);
			return fromOptions(request, await authenticate(machinery, { credential, data, request }));
		},
	};
}

/** Types that fetch a token of their own before the first call are left to n8n. */
function expires(helper: ICredentialsHelper, type: string): boolean {
	const { getCredentialsProperties } = helper as unknown as {
		getCredentialsProperties?: (
			type: string,
		) => ReadonlyArray<{ typeOptions?: { expirable?: boolean } }>;
	};
	if (!getCredentialsProperties) return true;
	const properties = getCredentialsProperties.call(helper, type);
	return properties.some(({ typeOptions }) => typeOptions?.expirable);
}

async function authenticate(
	{ helper, workflow, node }: Machinery,
	of: {
		readonly credential: string;
		readonly data: ICredentialDataDecryptedObject;
		readonly request: Try;
	},
): Promise<IHttpRequestOptions> {
	const { method, url, headers, query, body } = of.request;
	const options: IHttpRequestOptions = {
		method,
		url,
		headers: { ...headers },
		qs: { ...query } as IDataObject,
		...(body !== undefined && { body: body as IDataObject }),
	};
	// A copy: some types write into the data that they are given.
	return (await helper.authenticate(
		{ ...of.data },
		of.credential,
		options,
		workflow,
		node,
	)) as IHttpRequestOptions;
}

function fromOptions(request: Try, { url, headers, qs, body, auth }: IHttpRequestOptions): Try {
	const basic = auth?.username !== undefined && `${auth.username}:${auth.password ?? ''}`;
	return {
		...request,
		url,
		headers: {
			...stringsOf(headers),
			...(basic && { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
		},
		query: stringsOf(qs),
		...(body !== undefined && { body }),
	};
}

function stringsOf(record: unknown): Record<string, string> {
	if (typeof record !== 'object' || record === null) {
		throw new PipelineError('INTERNAL', 'The credential signed with something that is no header');
	}
	const entries = Object.entries(record).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
