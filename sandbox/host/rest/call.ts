export interface Call {
	(method: Method, path: string, body?: unknown): Promise<unknown>;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Session {
	/** Gives the answer's `data` when it has one, else the whole answer; throws unless it is 2xx. */
	readonly call: Call;
	/** The session's cookie, for a browser or another client. */
	cookie(): string | undefined;
}

/** n8n ties a session's cookie to the browser that signed in. */
const BROWSER_ID = 'lead-handoff-sandbox';

/** Speaks n8n's own REST API, as its editor does, and keeps the session's cookie. `signedIn`: the cookie of a session to go on with. */
export function openSession(url: string, signedIn?: string): Session {
	let cookie = signedIn;

	return {
		cookie: () => cookie,
		async call(method, path, body) {
			const response = await fetch(`${url}${path}`, {
				method,
				headers: {
					'browser-id': BROWSER_ID,
					...(cookie ? { cookie } : {}),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`n8n ${method} ${path}: ${response.status} ${text}`);
			cookie = authCookie(response) ?? cookie;
			return unwrap(text);
		},
	};
}

function authCookie(response: Response): string | undefined {
	const set = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
	return set?.split(';')[0];
}

function unwrap(text: string): unknown {
	if (!text) return undefined;
	const answer: unknown = JSON.parse(text);
	const wrapped = typeof answer === 'object' && answer !== null && 'data' in answer;
	return wrapped && Object.keys(answer).length === 1 ? answer.data : answer;
}
