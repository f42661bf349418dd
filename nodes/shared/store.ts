import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { openRedisStore, openSqliteStore } from '../../lib/runtime/store/open';
import type { Store } from '../../lib/runtime/store/port';
import { QUEUE_MODE_WARNING, runsInQueueMode } from './store-fields';

/**
 * The store that the node's panel names. Its connection is shared by all executions of this process,
 * opened at first use and closed when idle. Throws `CONFIG_INVALID`.
 */
export async function openStore(node: StoreNode): Promise<Store> {
	if (parameter(node, 'store', 'sqlite') === 'redis') return await openShared(node);
	if (runsInQueueMode()) warn(node);
	return openSqliteStore();
}

type StoreNode = IExecuteFunctions | IWebhookFunctions;

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
	if (!node.getNode().credentials?.['redis']) {
		throw new PipelineError(
			'CONFIG_INVALID',
			"'Store' is Redis but no Redis credential is set. Choose one in the node",
		);
	}
	const { host, port, user, password, database, ssl, disableTlsVerification } =
		await node.getCredentials('redis');
	const { prefix, region } = parameter(node, 'storeOptions', {}) as StoreOptions;
	return openRedisStore(
		{
			host: String(host),
			port: Number(port),
			user: String(user ?? ''),
			password: String(password ?? ''),
			database: Number(database ?? 0),
			ssl: ssl === true,
			disableTlsVerification: disableTlsVerification === true,
		},
		{ ...(prefix && { prefix }), ...(region && { region }) },
	);
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
