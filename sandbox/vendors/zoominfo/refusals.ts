import type { VendorReply } from '../port';

export const JSON_API = 'application/vnd.api+json';

const TITLES: Readonly<Record<number, string>> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
};

/** In the form of the OpenAPI document. */
export function gtmRefusal(status: number, code: string, detail = 'The call failed'): VendorReply {
	const title = TITLES[status] ?? 'Error';
	const error = { id: `${code}-1`, code, status: String(status), title, detail };
	return {
		status,
		headers: { 'content-type': JSON_API },
		body: { title, detail, errors: [error] },
	};
}

/** A sentence without a code. */
export function legacyRefusal(status: number, message: string): VendorReply {
	return { status, body: { success: false, error: message } };
}
