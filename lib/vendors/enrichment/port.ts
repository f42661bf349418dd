import type { FieldPath, Facts } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';

export type { FieldPath, Facts };

interface Answered {
	/** In the provider's own credits. */
	readonly credits: number;
	/** The version that the provider says answered. */
	readonly apiVersion?: string;
	/** Wanted, and still being looked up: asked again next time rather than remembered as unknown. */
	readonly unanswered?: readonly FieldPath[];
}

export interface Found extends Answered {
	readonly kind: 'found';
	/** Made with `facts` of lib/domain/enrichment-facts, which leaves out what cannot be trusted. */
	readonly fields: Facts;
	/** 0 to 1, where the provider says how sure it is. */
	readonly confidence?: number;
}

export interface NoMatch extends Answered {
	readonly kind: 'no-match';
}

/** `no-match`: asked, and nobody is known there. A failure is thrown as a PipelineError. */
export type Lookup = Found | NoMatch;

/** One source of facts about a person or a company. Implement it in one file; docs/adding-a-provider.md. */
export interface EnrichmentProvider {
	readonly id: string;
	readonly title: string;
	/** n8n credential type. */
	readonly credential: string;
	/** Header that takes the credential's `apiKey`, for n8n's own types that do not sign requests. */
	readonly apiKeyHeader?: string;
	/** What this source can fill, so that a waterfall never pays for a call that cannot help. */
	readonly fills: readonly FieldPath[];
	/** The lead fields that it needs; null when it can be asked, otherwise the reason it cannot. */
	cannotAsk(lead: Lead): string | null;
	/** `wanted`: what is missing and this source may fill, so that no call is paid for anything else. */
	lookup(lead: Lead, http: Http, wanted: readonly FieldPath[]): Promise<Lookup>;
}
