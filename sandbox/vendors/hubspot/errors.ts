import { randomUUID } from 'node:crypto';
import type { VendorReply } from '../port';

export interface Problem {
	readonly message: string;
	readonly code: string;
	/** The property it is about. */
	readonly property?: string;
}

export interface Refusal {
	readonly status: number;
	readonly category: string;
	readonly message: string;
	readonly problems?: readonly Problem[];
	readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** HubSpot's error body. https://developers.hubspot.com/docs/api-reference/error-handling */
export function refused(refusal: Refusal): VendorReply {
	return { status: refusal.status, body: errorBody(refusal) };
}

export function errorBody({ category, message, problems, context }: Refusal) {
	return {
		status: 'error',
		message,
		correlationId: randomUUID(),
		category,
		...(context ? { context } : {}),
		...(problems
			? {
					errors: problems.map(({ message: text, code, property }) => ({
						message: text,
						code,
						...(property ? { context: { propertyName: [property] } } : {}),
					})),
				}
			: {}),
	};
}

/** A record whose property values were not accepted. */
export function invalidProperties(problems: readonly Problem[]): Refusal {
	const listed = problems.map(({ message, code, property }) => ({
		isValid: false,
		message,
		error: code,
		name: property,
		localizedErrorMessage: message,
	}));
	return {
		status: 400,
		category: 'VALIDATION_ERROR',
		message: `Property values were not valid: ${JSON.stringify(listed)}`,
		problems,
	};
}

export function invalidInput(message: string): Refusal {
	return { status: 400, category: 'VALIDATION_ERROR', message };
}

export function notFound(message = 'resource not found'): Refusal {
	return { status: 404, category: 'OBJECT_NOT_FOUND', message };
}

export function unauthorized(): VendorReply {
	return refused({
		status: 401,
		category: 'INVALID_AUTHENTICATION',
		message:
			'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
	});
}

/** The vendor's answer when it is the one that fails. */
export function failure(status: number): VendorReply {
	if (status === 401) return unauthorized();
	if (status === 403) {
		return refused({
			status,
			category: 'MISSING_SCOPES',
			message: "This app hasn't been granted all required scopes to make this call.",
		});
	}
	if (status !== 429)
		return refused({ status, category: 'INTERNAL_ERROR', message: 'internal error' });
	return {
		status,
		body: {
			status: 'error',
			message: 'You have reached your ten_secondly_rolling limit.',
			errorType: 'RATE_LIMIT',
			correlationId: randomUUID(),
			category: 'RATE_LIMITS',
			policyName: 'TEN_SECONDLY_ROLLING',
		},
	};
}
