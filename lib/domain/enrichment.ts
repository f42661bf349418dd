import { mayUse } from './consent-gate';
import type { Filled } from './enrichment-offer';
import type { FieldPath } from './enrichment-fields';
import type { ErrorCode } from './errors';
import type { Lead } from './lead';

/** Why no provider may be asked about this lead, or null. Asked before anything is paid or sent. */
export function enrichmentBar(
	lead: Lead,
	{ personalAddresses }: { readonly personalAddresses: boolean },
): string | null {
	const permission = mayUse(lead.consent, 'enrichment');
	if (!permission.allowed) return `Consent to enrichment was denied: ${permission.reason}`;
	if (lead.identity.emailKind === 'disposable') return 'The email address is a disposable one';
	const personal = lead.identity.emailKind === 'personal';
	if (personal && !personalAddresses) return 'The email address is a personal one';
	const overruled = personal && /personal/i.test(lead.shouldEnrichReason ?? '');
	if (!lead.shouldEnrich && !overruled) {
		return `The lead is marked not to be enriched${lead.shouldEnrichReason ? ` (${lead.shouldEnrichReason})` : ''}`;
	}
	return null;
}

/** Where a value of the lead came from: written beside it, and read again by a later enrichment. */
export interface Provenance extends Filled {
	/** US dollars: the field's share of what its answer cost now; 0 for a remembered answer, absent where the price is unknown. */
	readonly cost?: number;
	readonly apiVersion?: string;
}

export interface StepReport {
	readonly provider: string;
	/** `pending`: still running when the lead went on. */
	readonly outcome: 'hit' | 'no-match' | 'failed' | 'skipped' | 'pending';
	readonly reason?: string;
	/** Code of the error catalogue, where the step failed or was cut off. */
	readonly code?: ErrorCode;
	readonly durationMs: number;
	/** In the provider's own credits. */
	readonly credits: number;
	/** US dollars; absent where the provider's price is unknown. */
	readonly cost?: number;
	/** Credits of calls that were cut off: they may have been charged. */
	readonly creditsAtRisk?: number;
	readonly cached?: boolean;
	readonly apiVersion?: string;
	/** Of a provider that answers later: the job it was given. */
	readonly jobId?: string;
}

/** What a lead could still get from a provider that it did not wait for. */
export interface Pending {
	readonly provider: string;
	readonly fields: readonly FieldPath[];
	/** `running`: asked, and its answer is remembered when it comes. */
	readonly state: 'running' | 'not-asked';
	readonly jobId?: string;
	/** When it makes sense to look for the job. */
	readonly pollAfterMs?: number;
}

export type EnrichmentStatus = 'enriched' | 'partial' | 'unmatched' | 'skipped';

/**
 * `unmatched` is said only when every provider that was asked knows nobody: after a failure or a
 * deadline somebody might still be known, and the lead is `partial`.
 */
export function conclude(
	steps: readonly StepReport[],
	missing: readonly FieldPath[],
): { readonly status: EnrichmentStatus; readonly reason?: string } {
	if (missing.length === 0) return { status: 'enriched' };
	const had = (outcome: StepReport['outcome']) => steps.some((step) => step.outcome === outcome);
	if (had('hit')) return { status: 'partial' };
	if (had('pending') || steps.some((step) => step.code)) {
		return { status: 'partial', reason: 'Not every provider could answer' };
	}
	if (had('no-match')) return { status: 'unmatched', reason: 'No provider knows the lead' };
	return { status: 'skipped', reason: 'No provider could be asked' };
}
