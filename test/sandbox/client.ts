import { readFileSync } from 'node:fs';
import { connect as tcpConnect } from 'node:net';
import { request as httpsRequest } from 'node:https';
import { connect as tlsConnect } from 'node:tls';
import { secrets } from '../../sandbox/secrets';

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** Parsed JSON; the text when it is none. */
	readonly body: Tree;
}

/** A parsed answer, to look into at any depth. */
export interface Tree {
	readonly [key: string]: Tree | undefined;
}

export interface Call {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** An object goes out as JSON, text as it is. */
	readonly body?: unknown;
}

/** Calls real vendor URLs through the world's proxy, trusting its CA; one connection a call. */
export function openClient(world: { proxyUrl: string; caCertPath: string }) {
	const proxy = new URL(world.proxyUrl);
	const ca = readFileSync(world.caCertPath);

	async function call(url: string, { method, headers, body }: Call = {}): Promise<Answer> {
		const target = new URL(url);
		const socket = await tunnel(proxy, target.hostname);
		const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
		return new Promise((resolve, reject) => {
			const request = httpsRequest(
				{
					method: method ?? (text === undefined ? 'GET' : 'POST'),
					host: target.hostname,
					path: `${target.pathname}${target.search}`,
					headers: {
						...(text === undefined ? {} : { 'content-type': 'application/json' }),
						...headers,
					},
					createConnection: () => tlsConnect({ socket, servername: target.hostname, ca }),
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('error', reject);
					response.on('end', () => {
						socket.destroy();
						const answer = Buffer.concat(chunks).toString('utf8');
						resolve({
							status: response.statusCode ?? 0,
							headers: response.headers as Record<string, string>,
							text: answer,
							body: parsed(answer),
						});
					});
				},
			);
			request.on('error', reject);
			request.end(text);
		});
	}

	const as =
		(origin: string, auth: Readonly<Record<string, string>>) =>
		(path: string, { headers, ...rest }: Call = {}) =>
			call(`${origin}${path}`, { ...rest, headers: { ...auth, ...headers } });
	const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

	return {
		call,
		hubspot: as('https://api.hubapi.com', bearer(secrets.hubspotToken)),
		apollo: as('https://api.apollo.io/api/v1', { 'x-api-key': secrets.apolloKey }),
		hunter: as('https://api.hunter.io/v2', { 'x-api-key': secrets.hunterKey }),
		google: as('https://www.googleapis.com/calendar/v3', bearer(secrets.googleAccessToken)),
		slack: as('https://slack.com/api', bearer(secrets.slackToken)),
	};
}

export type Client = ReturnType<typeof openClient>;

function tunnel(proxy: URL, host: string) {
	return new Promise<ReturnType<typeof tcpConnect>>((resolve, reject) => {
		const socket = tcpConnect(Number(proxy.port), proxy.hostname);
		socket.once('error', reject);
		socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
		socket.once('data', (chunk) => {
			socket.off('error', reject);
			if (chunk.toString('latin1').startsWith('HTTP/1.1 200')) resolve(socket);
			else reject(new Error(`The proxy refused: ${chunk.toString('latin1')}`));
		});
	});
}

function parsed(text: string): Tree {
	try {
		return JSON.parse(text) as Tree;
	} catch {
		return text as unknown as Tree;
	}
}
