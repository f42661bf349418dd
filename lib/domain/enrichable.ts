import type { Consent } from './consent';
import { mayUse } from './consent-gate';
import type { EmailKind } from './email-kind';

/** Why a lead is not worth a paid call, or must not be given to anybody. */
export const ENRICHMENT_BARS = [
	'no_consent',
	'invalid_email',
	'disposable_email',
	'personal_email',
	'role_account',
] as const;

export type EnrichmentBar = (typeof ENRICHMENT_BARS)[number];

export interface Candidate {
	readonly consent: Pick<Consent, 'channels'>;
	readonly emailKind?: EmailKind | undefined;
	/** What a verifier or a bounce has shown. */
	readonly emailStatus?: string | undefined;
}

export interface EnrichmentPolicy {
	readonly enrichPersonal: boolean;
	/** Default: true. The company behind a desk is worth knowing. */
	readonly enrichRoles?: boolean;
}

/** The first thing that bars the enrichment of a lead; undefined when nothing does. */
export function whyNotEnrich(
	{ consent, emailKind, emailStatus }: Candidate,
	{ enrichPersonal, enrichRoles = true }: EnrichmentPolicy,
): EnrichmentBar | undefined {
	if (!mayUse(consent, 'enrichment').allowed) return 'no_consent';
	if (emailStatus === 'invalid') return 'invalid_email';
	if (emailKind === 'disposable') return 'disposable_email';
	if (emailKind === 'personal' && !enrichPersonal) return 'personal_email';
	if (emailKind === 'role' && !enrichRoles) return 'role_account';
	return undefined;
}
