import { delimiter, dirname } from 'node:path';
import type { StartOptions } from './n8n';

/** What n8n would read from our own environment and must not: NODE_ENV=test makes it another program. */
const FOREIGN = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_ENV$|NODE_OPTIONS$|JEST_|npm_)/;
const PROXIES = /^(https?|all|no)_proxy$/i;

/** The environment of an n8n that listens on `port` and talks to nobody but the proxy. */
export function n8nEnvironment(
	options: StartOptions,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !FOREIGN.test(name) && !(options.proxyUrl && PROXIES.test(name)),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: [dirname(options.host.nodeBin), process.env['PATH'] ?? ''].join(delimiter),
		N8N_USER_FOLDER: options.userFolder,
		...addresses(port, brokerPort),
		...quiet,
		...keepExecutions,
		...proxy(options),
		...options.env,
	};
}

function addresses(port: number, brokerPort: number) {
	const url = `http://127.0.0.1:${port}/`;
	return {
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		WEBHOOK_URL: url,
		N8N_EDITOR_BASE_URL: url,
		N8N_SECURE_COOKIE: 'false',
	};
}

const quiet = {
	// As in n8n's own container: no stack traces in answers.
	NODE_ENV: 'production',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
};

const keepExecutions = {
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
};

function proxy({ proxyUrl, caCertPath }: StartOptions) {
	return {
		...(proxyUrl ? { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl } : {}),
		...(proxyUrl ? { NO_PROXY: 'localhost,127.0.0.1' } : {}),
		...(caCertPath ? { NODE_EXTRA_CA_CERTS: caCertPath } : {}),
	};
}
