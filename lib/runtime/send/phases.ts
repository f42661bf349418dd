import type { ClientRequest } from 'node:http';
import { PipelineError } from '../../domain/errors';

/** Milliseconds for each part of a call. */
export interface PhaseLimits {
	/** Until the connection, its tunnel and its TLS stand. */
	readonly connectMs: number;
	/** From there until the first line of the answer. */
	readonly headersMs: number;
	/** From there until the end of the answer. */
	readonly bodyMs: number;
}

const LATE = {
	connectMs: 'could not be connected to',
	headersMs: 'did not answer',
	bodyMs: 'did not finish its answer',
} as const satisfies Record<keyof PhaseLimits, string>;

/** Watches a request go through its phases and calls `late` with a `TIMEOUT` when one takes too long. */
export function phaseClock(
	vendor: string,
	limits: PhaseLimits,
	late: (error: PipelineError) => void,
) {
	let timer: NodeJS.Timeout | undefined;
	const enter = (phase: keyof PhaseLimits) => {
		clearTimeout(timer);
		const message = `${vendor} ${LATE[phase]} within ${limits[phase]} ms`;
		timer = setTimeout(
			() => late(new PipelineError('TIMEOUT', message, { vendor })),
			limits[phase],
		);
	};
	return {
		watch(request: ClientRequest, secure: boolean) {
			enter('connectMs');
			request.once('socket', (socket) => {
				// A tunnel to a site without TLS stands already when Node is given it.
				const stands = request.reusedSocket || (!secure && !socket.connecting);
				if (stands) return enter('headersMs');
				socket.once(secure ? 'secureConnect' : 'connect', () => enter('headersMs'));
				return undefined;
			});
			request.once('response', () => enter('bodyMs'));
		},
		stop: () => clearTimeout(timer),
	};
}
