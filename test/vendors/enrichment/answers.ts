import {
	httpClient,
	type Http,
	type HttpRequest,
	type HttpResponse,
} from '../../../lib/runtime/http';

export interface Asked {
	readonly http: Http;
	readonly requests: HttpRequest[];
}

/** A vendor that answers in turn what it is given; the client around it is the real one. */
export function answering(...answers: Array<Partial<HttpResponse>>): Asked {
	const requests: HttpRequest[] = [];
	const send = async (request: HttpRequest) => {
		requests.push(request);
		const answer = answers[requests.length - 1] ?? { status: 500, body: 'no more answers' };
		return await Promise.resolve({ status: 200, headers: {}, body: {}, ...answer });
	};
	const http = httpClient(send, {
		vendor: 'vendor',
		retry: { tries: 1, baseMs: 1, maxMs: 1 },
		now: () => 0,
	});
	return { http, requests };
}
