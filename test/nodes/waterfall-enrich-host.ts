import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { WaterfallEnrich } from '../../nodes/WaterfallEnrich/WaterfallEnrich.node';

/** For `beforeAll`: a store of this test file's own. */
export const ownStore = () => {
	process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'enrich-'));
};

const { description } = new WaterfallEnrich();

/** The parameters with the defaults of the panel, as n8n itself fills them in before it runs a node. */
const filledIn = (parameters: IDataObject, typeVersion: number) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		parameters as INodeParameters,
		true,
		false,
		{ typeVersion },
		description,
	) as IDataObject;

export interface Answer {
	readonly statusCode: number;
	readonly body: unknown;
}

type Asked = (options: IHttpRequestOptions) => Answer | Promise<Answer>;

export interface Scene {
	/** By host of the vendor. */
	readonly answers: Readonly<Record<string, Answer | Asked>>;
	readonly parameters?: IDataObject;
	readonly credentials?: readonly string[];
	/** The id that n8n knows the credentials by. */
	readonly account?: string;
	readonly typeVersion?: number;
	readonly onError?: string;
}

/** What n8n gives a node: parameters, credentials and two ways to send a request. */
export function context(
	items: readonly INodeExecutionData[],
	scene: Scene,
	sent: IHttpRequestOptions[] = [],
) {
	const { typeVersion = 1, account: id = '1' } = scene;
	const parameters = filledIn(scene.parameters ?? {}, typeVersion);
	const credentials = scene.credentials ?? ['apolloEnrichmentApi', 'hunterApi'];
	const answer = async (options: IHttpRequestOptions) => {
		sent.push(options);
		const from = scene.answers[new URL(options.url).host];
		if (!from) throw new Error(`nobody is at ${options.url}`);
		return { ...(typeof from === 'function' ? await from(options) : from), headers: {} };
	};
	return {
		getInputData: () => items,
		getNode: () => ({
			name: 'Waterfall Enrich',
			typeVersion,
			...(scene.onError && { onError: scene.onError }),
			credentials: Object.fromEntries(credentials.map((name) => [name, { id, name }])),
		}),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => true,
		logger: { warn: (message: string) => unexpected(message) },
		getCredentials: async () =>
			await Promise.resolve({ apiKey: 'hunter-key', name: 'key', value: 'query-key' }),
		getNodeParameter: (path: string, index: number, fallback: unknown) =>
			resolved(
				path
					.split(/[.[\]]+/)
					.filter(Boolean)
					.reduce<unknown>((at, key) => (at as IDataObject | undefined)?.[key], parameters),
				items[index]?.json,
			) ?? fallback,
		helpers: {
			httpRequest: answer,
			httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
				await answer(options),
			getBinaryDataBuffer: async (index: number, field: string) =>
				await Promise.resolve(Buffer.from(items[index]?.binary?.[field]?.data ?? '', 'base64')),
		},
	} as unknown as IExecuteFunctions;
}

/** The expressions that stand in the panel by default: a path into the item. */
function resolved(value: unknown, json: IDataObject | undefined): unknown {
	const [, path] = /^=\{\{ \$json\.([\w.?]+) \}\}$/.exec(String(value)) ?? [];
	if (!path) return value;
	return path
		.split(/\??\./)
		.reduce<unknown>((at, key) => (at as IDataObject | undefined)?.[key], json);
}

const unexpected = (message: string): never => {
	throw new Error(message);
};

/** Runs the node. `sent`: the requests that left it. */
export async function run(items: ReadonlyArray<IDataObject | INodeExecutionData>, scene: Scene) {
	const sent: IHttpRequestOptions[] = [];
	const input = items.map((item): INodeExecutionData =>
		'json' in item ? (item as INodeExecutionData) : { json: item },
	);
	const outputs = await new WaterfallEnrich().execute.call(context(input, scene, sent));
	return { outputs, sent, paths: sent.map(({ url }) => new URL(url).pathname) };
}
