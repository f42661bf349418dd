import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { ErrorCode } from '../../../domain/errors';
import { readAnswer } from '../../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';
import { vendorError } from '../../../runtime/vendor-error';

/** Changes of a version come with its number: https://developers.neverbounce.com/changelog */
export const BASE = 'https://api.neverbounce.com/v4.2';

const Answer = z.object({ status: z.string(), message: loose.text });

/** Failures are answered with a 200 and a status in the body. https://developers.neverbounce.com/reference/error-handling */
export async function ask(http: Http, request: HttpRequest): Promise<HttpResponse> {
	const response = await http.send(request);
	const { status, message } = readAnswer(Answer, response, 'neverbounce');
	if (status === 'success') return response;
	throw vendorError('neverbounce', response, 0, codeOf(status, message ?? ''));
}

function codeOf(status: string, message: string): ErrorCode {
	if (status === 'auth_failure' || status === 'bad_referrer') return 'AUTH_FAILED';
	if (status === 'throttle_triggered') return 'RATE_LIMITED';
	if (/credit|balance|payment method/i.test(message)) return 'QUOTA_EXHAUSTED';
	return status === 'general_failure' ? 'FIELD_MISMATCH' : 'UPSTREAM_UNAVAILABLE';
}
