import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { secrets } from '../../sandbox/secrets';
import { sign, type Scheme } from '../../sandbox/sign';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { flushCounts } from '../../lib/vendors/delivery-counts';
import { WebhookVerifier } from '../../nodes/WebhookVerifier/WebhookVerifier.node';

export const SECRET = secrets.webhookSecret;
export const URL_CALLED = 'https://n8n.example.com/webhook/lead';

/** A store of its own for the tests of one file. */
export function withStore() {
	const before = process.env['N8N_USER_FOLDER'];
	const folder = mkdtempSync(join(tmpdir(), 'verifier-'));
	beforeAll(() => void (process.env['N8N_USER_FOLDER'] = folder));
	afterAll(async () => {
		await flushCounts(openSqliteStore());
		await openSqliteStore().close();
		if (before === undefined) delete process.env['N8N_USER_FOLDER'];
		else process.env['N8N_USER_FOLDER'] = before;
		rmSync(folder, { recursive: true });
	});
	return folder;
}

/** What n8n's Webhook node hands on, with *Raw Body* on. */
export function item(body: string, proof: IDataObject, more: IDataObject = {}) {
	const headers: IDataObject = { 'content-type': 'application/json', ...proof };
	return {
		json: {
			headers,
			query: {},
			body: {},
			webhookUrl: URL_CALLED,
			...more,
		},
		binary: { data: { data: Buffer.from(body).toString('base64'), mimeType: 'application/json' } },
	};
}

/** A delivery as this sender signs it. */
export const signed = (
	scheme: Scheme,
	body: string,
	{ secret = SECRET, at = Date.now(), more = {} as IDataObject } = {},
) => item(body, sign({ scheme, secret, body, at, url: URL_CALLED }), more);

export interface Scene {
	readonly items: readonly INodeExecutionData[];
	readonly parameters?: IDataObject;
	readonly credentials?: Readonly<Record<string, IDataObject>>;
	readonly onError?: string;
	/** Whoever is asked on the web. */
	readonly answer?: (options: IHttpRequestOptions) => { statusCode: number; body: unknown };
}

/** n8n, as far as this node sees it. */
export async function run({
	items,
	parameters = {},
	credentials = { webhookSigningSecretApi: { secret: SECRET } },
	onError,
	answer = () => ({ statusCode: 500, body: {} }),
}: Scene) {
	const asked: IHttpRequestOptions[] = [];
	const logged: string[] = [];
	const defaults: IDataObject = { sender: 'standard-webhooks', publicUrl: URL_CALLED };
	const respond = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return await Promise.resolve({ headers: {}, ...answer(options) });
	};
	const node = {
		getNode: () => ({
			name: 'Webhook Verifier',
			type: 'n8n-nodes-lead-handoff.webhookVerifier',
			onError,
			credentials: Object.fromEntries(
				Object.keys(credentials).map((name) => [name, { id: name, name }]),
			),
		}),
		getInputData: () => items,
		getExecutionId: () => '1',
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => onError !== undefined,
		getCredentials: async (name: string) => await Promise.resolve(credentials[name] ?? {}),
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			parameters[name] ?? defaults[name] ?? fallback,
		addExecutionHints: () => undefined,
		logger: { warn: (line: string) => logged.push(line) },
		helpers: {
			getBinaryDataBuffer: async (index: number, field: string) =>
				await Promise.resolve(Buffer.from(items[index]?.binary?.[field]?.data ?? '', 'base64')),
			httpRequest: respond,
			httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
				await respond(options),
		},
	};
	const outputs = await new WebhookVerifier().execute.call(node as unknown as IExecuteFunctions);
	return { outputs, asked, logged };
}

export const verificationOf = (one: INodeExecutionData | undefined) =>
	one?.json['verification'] as IDataObject;

/** The verification of the only item, and which output it came out of. */
export async function only(scene: Scene) {
	const { outputs, ...more } = await run(scene);
	const found = outputs.flatMap((items, output) => items.map((one) => ({ one, output })));
	if (found.length !== 1 || !found[0]) throw new Error(`${found.length} items came out`);
	const { one, output } = found[0];
	return { ...more, output, json: one.json, verification: verificationOf(one) };
}
