import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { openRedisConnection, openRedisStore, openSqliteStore } from '../../lib/runtime/store/open';
import type { Store } from '../../lib/runtime/store/port';
import type { RedisConnection, RedisCredential } from '../../lib/runtime/store/redis-connection';
import { readCredential } from './credential';
import { QUEUE_MODE_WARNING, runsInQueueMode } from './store-fields';

/**
 * The store that the node's panel names. Its connection is shared by all executions of this process,
 * opened at first use and closed when idle. Throws `CONFIG_INVALID`.
 */
export async function openStore(node: StoreNode): Promise<Store> {
	if (runsInQueueMode() && !isShared(node)) warn(node);
	return await openCountStore(node);
}

/** The same, for what need not be whole: in queue mode each machine then counts for itself, which is no reason to warn. */
export async function openCountStore(node: StoreNode): Promise<Store> {
	return isShared(node) ? await openShared(node) : openSqliteStore();
}

const isShared = (node: StoreNode) => parameter(node, 'store', 'sqlite') === 'redis';

/** The client of the node's Redis credential. Throws `CONFIG_INVALID` where the store is another one. */
export async function openRedis(node: StoreNode): Promise<RedisConnection> {
	if (isShared(node)) return openRedisConnection(await readRedisCredential(node));
	throw new PipelineError(
		'CONFIG_INVALID',
		"'Queued Executions' is set, but 'Store' is not Redis. Choose Redis, with the credential of the Redis that n8n's queue is in",
	);
}

type StoreNode = IExecuteFunctions | IWebhookFunctions | IHookFunctions;

/** The choice of a store is the same for all items; a webhook has none. */
const parameter = (node: StoreNode, name: string, fallback: string | object): unknown =>
	'getInputData' in node
		? node.getNodeParameter(name, 0, fallback)
		: node.getNodeParameter(name, fallback);

interface StoreOptions {
	readonly prefix?: string;
	readonly region?: string;
}

async function openShared(node: StoreNode): Promise<Store> {
	const credential = await readRedisCredential(node);
	const { prefix, region } = parameter(node, 'storeOptions', {}) as StoreOptions;
	return openRedisStore(credential, { ...(prefix && { prefix }), ...(region && { region }) });
}

async function readRedisCredential(node: StoreNode): Promise<RedisCredential> {
	if (!node.getNode().credentials?.['redis']) {
		throw new PipelineError(
			'CONFIG_INVALID',
			"'Store' is Redis but no Redis credential is set. Choose one in the node",
		);
	}
	const { host, port, user, password, database, ssl, disableTlsVerification } =
		await readCredential(node, 'redis');
	return {
		host: String(host),
		port: Number(port),
		user: String(user ?? ''),
		password: String(password ?? ''),
		database: Number(database ?? 0),
		ssl: ssl === true,
		disableTlsVerification: disableTlsVerification === true,
	};
}

const warned = new WeakSet<object>();

/** Once per execution; in the log, because nobody looks at the panel of a production run. */
function warn(node: StoreNode) {
	if (warned.has(node)) return;
	warned.add(node);
	const hint = { message: QUEUE_MODE_WARNING, type: 'warning', location: 'outputPane' } as const;
	if ('addExecutionHints' in node) node.addExecutionHints(hint);
	node.logger.warn(`${node.getNode().name}: ${QUEUE_MODE_WARNING}`);
}
