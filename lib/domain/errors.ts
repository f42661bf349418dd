/**
 * Every failure this package can report. Codes are API: they are saved in dead letters and matched
 * in users' workflows, so they are added to and never renamed. `help` is what the user does next.
 */
export const CATALOGUE = {
	AUTH_FAILED: {
		retryable: false,
		meaning: 'The vendor did not accept the credential.',
		help: 'Open the credential in n8n, renew the key or reconnect the account, and replay the lead.',
	},
	SCOPE_DENIED: {
		retryable: false,
		meaning: 'The credential is valid but lacks a permission that this call needs.',
		help: 'Grant the scope named in the message to the vendor app or key, reconnect, and replay the lead.',
	},
	FIELD_MISMATCH: {
		retryable: false,
		meaning:
			'The vendor rejected a field or its value: an unknown property, a picklist value that does not exist, or a wrong type.',
		help: 'Compare the mapping with the fields in the vendor account, correct it, and replay the lead.',
	},
	INVALID_INPUT: {
		retryable: false,
		meaning:
			'The item does not carry what the node needs, or carries it in a form that cannot be read.',
		help: 'Look at the value named in the message. Most often a node is missing before this one, or the sender changed its payload.',
	},
	CONFIG_INVALID: {
		retryable: false,
		meaning: 'A parameter of the node contradicts another, is empty, or cannot work.',
		help: 'Open the node, correct the parameter named in the message, and run again.',
	},
	RATE_LIMITED: {
		retryable: true,
		meaning: 'The vendor asked to be called less often.',
		help: 'Nothing is lost: replay the lead after the wait shown. If it happens often, raise the vendor plan or lower the concurrency.',
	},
	QUOTA_EXHAUSTED: {
		retryable: false,
		meaning: 'The credits or the daily quota of the vendor account are used up.',
		help: 'Top up the vendor account or wait for the reset, and replay the lead.',
	},
	BUDGET_EXHAUSTED: {
		retryable: false,
		meaning: 'The call would cost more than the budget set in the node for a lead, a run or a day.',
		help: 'Nothing was paid, and the lead went on with what it has. Raise the budget named in the message, or run the lead again when the day is over.',
	},
	UPSTREAM_UNAVAILABLE: {
		retryable: true,
		meaning: 'The vendor failed, closed the connection, or answered with something unreadable.',
		help: 'Look at the vendor status page, and replay the lead when the vendor is well.',
	},
	TIMEOUT: {
		retryable: true,
		meaning: 'No answer came within the time allowed.',
		help: 'Replay the lead. If it happens often, raise the timeout of the node.',
	},
	CIRCUIT_OPEN: {
		retryable: true,
		meaning: 'Calls to the vendor are paused because too many failed.',
		help: 'Wait for the pause to end, then replay the lead.',
	},
	CANCELLED: {
		retryable: true,
		meaning: 'The execution was stopped while a call was under way.',
		help: 'Nothing, if you stopped it on purpose. The call may have reached the vendor: replaying the lead is safe.',
	},
	CONFLICT: {
		retryable: false,
		meaning: 'The vendor holds another record or event where this one was to be written.',
		help: 'Open both records in the vendor account, decide which is right, and replay the lead.',
	},
	STORE_UNAVAILABLE: {
		retryable: true,
		meaning: 'The store that remembers claims and counters cannot be read or written.',
		help: 'Check the disk and the rights of the n8n user folder or, where the store is Redis, whether it answers. Nothing was claimed, so the event may simply be sent again.',
	},
	LEASE_LOST: {
		retryable: false,
		meaning: 'The work took longer than its lease, and another execution has taken it over.',
		help: 'Raise the lease of the Dedupe node above the longest run of the workflow.',
	},
	INTERNAL: {
		retryable: false,
		meaning: 'A defect of this package.',
		help: 'Please report it with the execution (personal data removed).',
	},
} as const satisfies Record<string, { retryable: boolean; meaning: string; help: string }>;

export type ErrorCode = keyof typeof CATALOGUE;

export interface FailureDetails {
	/** Who failed, in lower case: `hubspot`, `apollo`, `google-calendar`. */
	readonly vendor?: string | undefined;
	/** HTTP status of the vendor's answer. */
	readonly status?: number | undefined;
	/** Milliseconds that the vendor asked us to wait. */
	readonly retryAfterMs?: number | undefined;
	/** The vendor's own correlation or request id, for its support desk. */
	readonly requestId?: string | undefined;
	readonly cause?: unknown;
}

/** The one error of this package. The message says what happened, with which value; never a secret. */
export class PipelineError extends Error {
	override readonly name = 'PipelineError';
	readonly retryable: boolean;
	readonly help: string;

	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly details: FailureDetails = {},
	) {
		super(message, { cause: details.cause });
		this.retryable = CATALOGUE[code].retryable;
		this.help = CATALOGUE[code].help;
	}
}

/** True for our error even when two copies of the package are loaded. */
export const isPipelineError = (error: unknown): error is PipelineError =>
	error instanceof Error && error.name === 'PipelineError' && 'code' in error;
