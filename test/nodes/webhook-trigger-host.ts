import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	NodeHelpers,
	type IDataObject,
	type IHookFunctions,
	type INode,
	type INodeExecutionData,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { DeliveryTotals } from '../../lib/domain/webhook-health';
import { openRedisStore, openSqliteStore } from '../../lib/runtime/store/open';
import type { Store } from '../../lib/runtime/store/port';
import { readCounts } from '../../lib/vendors/delivery-counts';
import { WebhookVerifierTrigger } from '../../nodes/WebhookVerifierTrigger/WebhookVerifierTrigger.node';

export interface Setting {
	readonly parameters?: IDataObject;
	/** The fields of the Webhook Signing Secret; null: none is chosen. */
	readonly secret?: IDataObject | null;
	readonly redis?: IDataObject;
	/** What the execution that is started comes to, once `release` is called; default: at once, well. */
	readonly hold?: boolean;
}

export interface Trigger {
	readonly url: string;
	/** The items of each execution that was started. */
	readonly runs: INodeExecutionData[][];
	readonly log: string[];
	/** Answers what `hold` keeps open. */
	release(status: number): void;
	activate(): Promise<boolean>;
	/** What was counted in the embedded store, by sender and reason. */
	counts(): Promise<DeliveryTotals[]>;
	close(): Promise<void>;
}

const description = new WebhookVerifierTrigger().description;
let made = 0;

/** The trigger behind a real HTTP server, with as much of n8n around it as decides what it sees. */
export async function openTrigger(setting: Setting = {}): Promise<Trigger> {
	process.env['N8N_USER_FOLDER'] ??= mkdtempSync(join(tmpdir(), 'trigger-'));
	const node = nodeOf(setting);
	const runs: INodeExecutionData[][] = [];
	const log: string[] = [];
	const held: ServerResponse[] = [];
	const server = createServer((request, response) => {
		void serve(request, response).catch((error: Error) => log.push(`THROWN ${error.message}`));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/hook`;

	const shared = {
		getNode: () => node,
		getMode: () => 'webhook',
		getWorkflow: () => ({ id: 'workflow-1' }),
		getNodeParameter: (name: string, fallback?: unknown) => at(node.parameters, name) ?? fallback,
		getNodeWebhookUrl: () => url,
		getWebhookResourceUrl: () => url,
		getCredentials: async (type: string) =>
			await Promise.resolve(type === 'redis' ? setting.redis : setting.secret),
		logger: { warn: (line: string) => log.push(line) },
		helpers: {
			httpRequest: async () => await Promise.reject(new Error('nobody is there')),
			prepareBinaryData: async (data: Buffer, _: undefined, mimeType: string) =>
				await Promise.resolve({ data: data.toString('base64'), mimeType }),
		},
	};

	async function serve(request: IncomingMessage, response: ServerResponse) {
		const { searchParams } = new URL(request.url ?? '', url);
		const express = {
			ip: request.socket.remoteAddress,
			originalUrl: request.url,
			params: {},
			query: Object.fromEntries(searchParams),
		};
		const context = {
			...shared,
			getRequestObject: () => Object.assign(request, express),
			getResponseObject: () => response,
		};
		const { workflowData, webhookResponse, noWebhookResponse } =
			await new WebhookVerifierTrigger().webhook.call(context as unknown as IWebhookFunctions);
		if (!workflowData) return expect(noWebhookResponse).toBe(true);
		runs.push(...workflowData);
		if (setting.hold) held.push(response);
		else send(response, webhookResponse);
	}

	return {
		url,
		runs,
		log,
		release: (status) => held.splice(0).forEach((response) => response.writeHead(status).end()),
		activate: async () =>
			await new WebhookVerifierTrigger().webhookMethods.default.create.call(
				shared as unknown as IHookFunctions,
			),
		counts: async () => await countsIn(openSqliteStore()),
		close: async () => {
			if (!server.listening) return;
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			const store = setting.redis ? openRedisStore(credentialOf(setting.redis)) : openSqliteStore();
			// What is still to be counted would open the store again.
			await countsIn(store).catch(() => []);
			await store.close();
		},
	};
}

const countsIn = async (store: Store) =>
	await readCounts(store, { since: Date.now() - 60_000, now: Date.now() });

/** As the node reads it: the connection is shared by all who read the same. */
const credentialOf = ({ host, port, database }: IDataObject) => ({
	host: String(host),
	port: Number(port),
	user: '',
	password: '',
	database: Number(database),
	ssl: false,
	disableTlsVerification: false,
});

/** As n8n answers in the mode *Immediately*. */
function send(response: ServerResponse, body: unknown) {
	if (typeof body === 'string') return response.writeHead(200).end(body);
	return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function nodeOf({ parameters = {}, secret = {}, redis }: Setting): INode {
	const node: INode = {
		id: `node-${(made += 1)}`,
		name: 'Trigger',
		type: 'webhookVerifierTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: {
			...(secret && { webhookSigningSecretApi: { id: '1', name: 'Secret' } }),
			...(redis && { redis: { id: '2', name: 'Redis' } }),
		},
	};
	const given = parameters as INode['parameters'];
	const { properties } = description;
	node.parameters =
		NodeHelpers.getNodeParameters(properties, given, true, false, node, description) ?? {};
	return node;
}

const at = (value: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((found, name) => (found as IDataObject | undefined)?.[name], value);
