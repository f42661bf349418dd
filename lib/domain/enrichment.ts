import {
	factList,
	missingOf,
	valueAt,
	withFacts,
	type FactValue,
	type FieldPath,
	type Facts,
} from './enrichment-fields';
import { mayUse } from './consent-gate';
import type { ErrorCode } from './errors';
import type { Lead } from './lead';
import { sameCompany, sameName } from './same-company';

/** A provider contradicted what the lead already said; the lead's value stands. */
export interface Conflict {
	readonly field: FieldPath;
	readonly kept: unknown;
	readonly offered: unknown;
	readonly provider: string;
	/** Facts left out because they belong to the other company; on the provider's first conflict. */
	readonly withheld?: readonly FieldPath[];
}

export interface Filled {
	readonly provider: string;
	/** When the provider was asked, ISO 8601 UTC; for a cached answer that is earlier than the run. */
	readonly at: string;
	readonly confidence?: number;
}

export interface Offer extends Filled {
	readonly facts: Facts;
}

export interface Merged {
	readonly lead: Lead;
	readonly facts: Facts;
	readonly filled: Readonly<Partial<Record<FieldPath, Filled>>>;
	readonly conflicts: readonly Conflict[];
}

/**
 * Puts into the lead what it does not have and the step may fill. A field that has a value is never
 * overwritten. When the provider speaks of another company, neither its company facts nor the job are
 * taken: the size of one company under the name of another would be worse than no size.
 */
export function merge(lead: Lead, offer: Offer, allowed: readonly FieldPath[]): Merged {
	const { provider, at, confidence } = offer;
	const other = !sameCompany(lead.company, {
		name: textOf(offer.facts['company.name']),
		domain: textOf(offer.facts['company.domain']),
	});
	const empty = new Set(missingOf(lead, allowed));
	const offered = factList(offer.facts).filter(([path]) => empty.has(path));
	const withheld = offered.filter(([path]) => other && isAboutJob(path));
	const taken = offered.filter((entry) => !withheld.includes(entry));
	const source: Filled = { provider, at, ...(confidence !== undefined && { confidence }) };
	const facts: Facts = Object.fromEntries(taken);
	return {
		lead: withFacts(lead, facts),
		facts,
		filled: Object.fromEntries(taken.map(([path]) => [path, source])),
		conflicts: conflictsWith(lead, offer).map((conflict, index) => ({
			...conflict,
			...(index === 0 && withheld.length > 0 && { withheld: withheld.map(([path]) => path) }),
		})),
	};
}

const isAboutJob = (path: FieldPath) => path.startsWith('company.') || JOB.has(path);
const JOB: ReadonlySet<FieldPath> = new Set([
	'person.title',
	'person.seniority',
	'person.department',
]);

function conflictsWith(lead: Lead, { facts, provider }: Offer): Conflict[] {
	const differs: Partial<Record<FieldPath, (a: string, b: string) => boolean>> = {
		'company.name': (a, b) => !sameName(a, b),
		'company.domain': (a, b) => a !== b,
	};
	return factList(facts).flatMap(([field, offered]) => {
		const kept = valueAt(lead, field);
		const contradicts =
			typeof kept === 'string' && typeof offered === 'string' && differs[field]?.(kept, offered);
		return contradicts ? [{ field, kept, offered, provider }] : [];
	});
}

const textOf = (value: FactValue | undefined) => (typeof value === 'string' ? value : undefined);

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

export interface StepReport {
	readonly provider: string;
	readonly outcome: 'hit' | 'no-match' | 'failed' | 'skipped';
	readonly reason?: string;
	/** Code of the error catalogue, where the step failed or was cut off. */
	readonly code?: ErrorCode;
	readonly durationMs: number;
	readonly credits: number;
	readonly cached?: boolean;
	readonly apiVersion?: string;
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
	if (steps.some((step) => step.code)) {
		return { status: 'partial', reason: 'Not every provider could answer' };
	}
	if (had('no-match')) return { status: 'unmatched', reason: 'No provider knows the lead' };
	return { status: 'skipped', reason: 'No provider could be asked' };
}
