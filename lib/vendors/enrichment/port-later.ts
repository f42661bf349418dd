import type { FieldPath } from '../../domain/enrichment-fields';
import type { PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { Lookup } from './port';

export interface StartedJob {
	readonly jobId: string;
	/** When it makes sense to look, from now on. */
	readonly pollAfterMs: number;
}

export type Collected =
	| { readonly state: 'pending'; readonly pollAfterMs: number }
	| { readonly state: 'done'; readonly lookups: LaterLookups };

/** In the order of the leads that were sent; a lead that failed alone is an error in its place. */
export type LaterLookups = ReadonlyArray<Lookup | PipelineError>;

/**
 * For providers that answer minutes later, by a poll or by calling back. A callback may come unsigned,
 * twice, or for a job of somebody else: who takes it in compares the job's id with those it started.
 */
export interface LaterLookup {
	/**
	 * True: there is no immediate answer. Where the waterfall would call `lookup` it starts a job and
	 * looks for it as long as the lead may wait; then the job's id goes on with the lead.
	 */
	readonly instead?: boolean;
	/** The most that one lead can cost: so much is set aside before it. Absent: as `pricing` says. */
	creditsAtMost?(wanted: readonly FieldPath[]): number;
	/** Leads in one job, at most. */
	readonly size: number;
	/**
	 * Without a callback URL the answer is polled for. `wanted`: what is missing, so that nothing else is
	 * paid for; absent: all that the provider fills.
	 */
	start(
		leads: readonly Lead[],
		http: Http,
		callbackUrl: string | undefined,
		wanted?: readonly FieldPath[],
	): Promise<StartedJob>;
	/** Absent: this provider can only call back. Throws `INVALID_INPUT` for a job that it does not know. */
	collect?(jobId: string, http: Http): Promise<Collected>;
	/** This provider signs its callbacks: one that nobody has verified is not taken in. */
	readonly signsCallbacks?: boolean;
	/** The body of a delivery; null when it is not one of this provider's. */
	readCallback?(body: unknown): { readonly jobId: string; readonly lookups: LaterLookups } | null;
}
