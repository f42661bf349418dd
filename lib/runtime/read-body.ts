import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

export type { IncomingMessage, ServerResponse };

export type BodyRead =
	| { readonly ok: true; readonly body: Buffer }
	| { readonly ok: false; readonly reason: 'TOO_LARGE' | 'MALFORMED_BODY' }
	/** The caller hung up: there is nobody to answer. */
	| { readonly ok: false; readonly reason: 'ABORTED' };

/**
 * The bytes of a request, whatever its type, at most `limitBytes` of them as sent and as unpacked.
 * Content codings are undone, because senders sign what they mean and not how it travels.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<BodyRead> {
	if (declaredBytes(request) > limitBytes) return { ok: false, reason: 'TOO_LARGE' };
	const sent = await collect(request, limitBytes);
	if (!sent.ok || sent.body.length === 0) return sent;
	return await unpack(sent.body, request.headers['content-encoding'], limitBytes);
}

export const declaredBytes = ({ headers }: IncomingMessage): number =>
	Number(headers['content-length'] ?? 0);

/** Not by iteration, which would close the connection before it could be answered. */
function collect(request: IncomingMessage, limitBytes: number): Promise<BodyRead> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		const take = (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes > limitBytes) end({ ok: false, reason: 'TOO_LARGE' });
			else chunks.push(chunk);
		};
		const complete = () => end({ ok: true, body: Buffer.concat(chunks) });
		const abort = () => end({ ok: false, reason: 'ABORTED' });
		const end = (result: BodyRead) => {
			request.off('data', take).off('end', complete).off('close', abort);
			// The rest is thrown away, so that the sender reads the answer and not a reset.
			request.resume();
			resolve(result);
		};
		if (request.destroyed) return abort();
		request.on('data', take).on('end', complete).on('close', abort);
		request.on('error', () => undefined);
	});
}

const UNPACKERS = {
	gzip: promisify(gunzip),
	'x-gzip': promisify(gunzip),
	deflate: promisify(inflate),
	br: promisify(brotliDecompress),
} as const;

async function unpack(
	packed: Buffer,
	encoding: string | undefined,
	limitBytes: number,
): Promise<BodyRead> {
	const name = (encoding ?? 'identity').trim().toLowerCase();
	if (name === 'identity' || name === '') return { ok: true, body: packed };
	const known = Object.entries(UNPACKERS).find(([one]) => one === name);
	if (!known) return { ok: false, reason: 'MALFORMED_BODY' };
	try {
		return { ok: true, body: await known[1](packed, { maxOutputLength: limitBytes }) };
	} catch (error) {
		return { ok: false, reason: isTooLarge(error) ? 'TOO_LARGE' : 'MALFORMED_BODY' };
	}
}

const isTooLarge = (error: unknown) =>
	typeof error === 'object' &&
	error !== null &&
	'code' in error &&
	error.code === 'ERR_BUFFER_TOO_LARGE';
