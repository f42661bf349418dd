import { z } from 'zod';
import { PipelineError, type ErrorCode, type FailureDetails } from '../../../domain/errors';
import { maskEmail } from '../../../domain/mask';
import type { HttpResponse } from '../../../runtime/http';
import { waitAsked } from '../../../runtime/policies/retry-after';

const Context = z.record(z.string(), z.unknown()).or(z.string()).optional().catch(undefined);

/** Every field may be missing: https://developers.hubspot.com/docs/api-reference/latest/error-handling */
export const WireError = z.object({
	message: z.string().optional().catch(undefined),
	category: z.string().optional().catch(undefined),
	id: z.string().optional().catch(undefined),
	context: Context,
	errors: z
		.array(z.object({ message: z.string().optional().catch(undefined), context: Context }))
		.optional()
		.catch(undefined),
});
export type WireError = z.infer<typeof WireError>;

/** The list that HubSpot writes as JSON into its sentence "Property values were not valid: […]". */
const Problems = z.array(
	z.object({ name: z.string(), message: z.string().default(''), error: z.string().default('') }),
);
export type Problem = z.infer<typeof Problems>[number];

/** HubSpot said no, and perhaps named the properties. */
export class Refusal extends PipelineError {
	constructor(
		code: ErrorCode,
		message: string,
		readonly problems: readonly Problem[],
		details: FailureDetails,
	) {
		super(code, message, details);
	}
}

/** A whole call that was declined. */
export function refusal(response: HttpResponse): Refusal {
	const parsed = WireError.safeParse(response.body);
	const error = parsed.success ? parsed.data : {};
	return refusalOf(error, codeOf(response.status, error.category), {
		status: response.status,
		retryAfterMs: waitAsked(response.headers, Date.now()),
		requestId: response.headers['x-hubspot-correlation-id'],
	});
}

/** One record that was declined inside an answer. */
export const recordRefusal = (error: WireError): Refusal =>
	refusalOf(error, codeOf(400, error.category), {});

function refusalOf(error: Partial<WireError>, code: ErrorCode, details: FailureDetails): Refusal {
	const problems = problemsOf(error.message ?? '');
	const scopes = code === 'SCOPE_DENIED' ? scopesOf(error) : [];
	const said = problems.length
		? problems.map(({ name, message }) => `${name}: ${message}`).join('; ')
		: [error.message, ...(error.errors ?? []).map((entry) => entry.message)]
				.filter(Boolean)
				.join(' ');
	const text = short(said) || `no reason, status ${details.status ?? 'unknown'}`;
	const message = scopes.length
		? `HubSpot says the credential lacks a scope. Grant ${scopes.join(' or ')}`
		: `HubSpot refused: ${text}`;
	return new Refusal(code, message, problems, { vendor: 'hubspot', ...details });
}

function codeOf(status: number, category = ''): ErrorCode {
	if (category === 'MISSING_SCOPES' || status === 403) return 'SCOPE_DENIED';
	if (category === 'RATE_LIMITS' || status === 423 || status === 477) return 'RATE_LIMITED';
	if (category === 'CONFLICT' || category === 'OBJECT_NOT_FOUND') return 'CONFLICT';
	if (category === 'INTERNAL_ERROR') return 'UPSTREAM_UNAVAILABLE';
	if (status === 404) return 'UPSTREAM_UNAVAILABLE';
	return status === 409 ? 'CONFLICT' : 'FIELD_MISMATCH';
}

function problemsOf(message: string): Problem[] {
	const list = message.slice(message.indexOf('['), message.lastIndexOf(']') + 1);
	try {
		const parsed = Problems.safeParse(JSON.parse(list));
		return parsed.success ? parsed.data : [];
	} catch {
		return [];
	}
}

/** Scopes stand in one of three fields, as a list or as `{missingScopes=[a, b]}`. */
function scopesOf(error: Partial<WireError>): string[] {
	const contexts = [error.context, ...(error.errors ?? []).map((entry) => entry.context)];
	const found = contexts.flatMap((context) => {
		if (typeof context === 'string') {
			return /Scopes=\[([^\]]*)\]/.exec(context)?.[1]?.split(/,\s*/) ?? [];
		}
		const { requiredGranularScopes, missingScopes, requiredScopes } = context ?? {};
		const lists = [requiredGranularScopes, missingScopes, requiredScopes];
		return lists.find((list): list is unknown[] => Array.isArray(list)) ?? [];
	});
	return [...new Set(found.map(String).filter(Boolean))];
}

/** Errors end in logs and chat channels: one line, no address, 400 characters. */
function short(text: string): string {
	const line = text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\w.+-]+@([\w-]+\.)+\w+/g, maskEmail);
	return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
