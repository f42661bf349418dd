import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { ErrorCode } from '../../../domain/errors';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';

export type Query = NonNullable<HttpRequest['query']>;

/** 404: no data. 451: the person asked Hunter not to be processed. Both mean that nobody is known. */
export const knows = ({ status }: HttpResponse) => status === 200;

/** https://hunter.io/api-documentation/v2#errors */
export const ask = async (http: Http, path: string, query: Query): Promise<HttpResponse> =>
	await http.send({
		method: 'GET',
		url: `https://api.hunter.io/v2${path}`,
		query,
		accept: [404, 451],
		codeOf: refusal,
	});

const ErrorAnswer = z.object({ errors: z.array(z.object({ id: loose.text })).catch([]) });

/** Hunter's pages disagree on which of 403 and 429 is the rate and which the quota: the id decides. */
function refusal({ status, body }: HttpResponse): ErrorCode | undefined {
	if (status !== 403 && status !== 429) return undefined;
	const parsed = ErrorAnswer.safeParse(body);
	const ids = parsed.success ? parsed.data.errors.map(({ id }) => id ?? '').join(' ') : '';
	if (/too_many_requests|rate/.test(ids)) return 'RATE_LIMITED';
	if (/usage|quota|limit|credit/.test(ids)) return 'QUOTA_EXHAUSTED';
	return undefined;
}
