import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';

/** A path into the canonical lead that a provider may fill. */
export type FieldPath =
	| `identity.${'email' | 'emailStatus' | 'phone'}`
	| `person.${'firstName' | 'lastName' | 'fullName' | 'title' | 'seniority' | 'department' | 'linkedinUrl' | 'timezone' | 'country' | 'city'}`
	| `company.${'name' | 'domain' | 'employeeCount' | 'industry' | 'revenue' | 'techStack' | 'phone' | 'linkedinUrl' | 'country'}`;

export interface Found {
	readonly kind: 'found';
	readonly fields: Readonly<Partial<Record<FieldPath, string | number | readonly string[]>>>;
	/** 0 to 1, where the provider says how sure it is. */
	readonly confidence?: number;
	/** In the provider's own credits. */
	readonly credits: number;
	/** The version that the provider says answered (S2-33). */
	readonly apiVersion?: string;
}

/** `no-match`: asked, and nobody is known there. A failure is thrown as a PipelineError. */
export type Lookup = Found | { readonly kind: 'no-match'; readonly credits: number; readonly apiVersion?: string };

/** One source of facts about a person or a company. Implement it in one file; docs/adding-a-provider.md. */
export interface EnrichmentProvider {
	readonly id: string;
	readonly title: string;
	/** n8n credential type. */
	readonly credential: string;
	/** What this source can fill, so that a waterfall never pays for a call that cannot help. */
	readonly fills: readonly FieldPath[];
	/** The lead fields that it needs; null when it can be asked, otherwise the reason it cannot. */
	cannotAsk(lead: Lead): string | null;
	lookup(lead: Lead, http: Http): Promise<Lookup>;
}
