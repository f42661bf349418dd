import type { VendorReply } from '../port';

/** Google's error envelope. https://developers.google.com/workspace/calendar/api/guides/errors */
export function refusal(status: number, reason: string, message: string): VendorReply {
	const domain = reason.endsWith('LimitExceeded') ? 'usageLimits' : 'global';
	return {
		status,
		body: { error: { code: status, message, errors: [{ domain, reason, message }] } },
	};
}

export const notFound = () => refusal(404, 'notFound', 'Not Found');

export const unauthorized = (): VendorReply => ({
	status: 401,
	headers: {
		'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
	},
	body: {
		error: {
			code: 401,
			message: 'Invalid Credentials',
			errors: [
				{
					domain: 'global',
					reason: 'authError',
					message: 'Invalid Credentials',
					locationType: 'header',
					location: 'Authorization',
				},
			],
		},
	},
});

/** The vendor's answer when it is the one that fails. */
export function failure(status: number): VendorReply {
	if (status === 401) return unauthorized();
	if (status === 403 || status === 429)
		return refusal(status, 'rateLimitExceeded', 'Rate Limit Exceeded');
	return refusal(status, 'backendError', 'Backend Error');
}
