import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on now: `wanted` if it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
	return (await tryPort(wanted)) ?? (await tryPort(0)) ?? Promise.reject(new Error('no free port'));
}

function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const found = address !== null && typeof address === 'object' ? address.port : undefined;
			server.close(() => resolve(found));
		});
	});
}
