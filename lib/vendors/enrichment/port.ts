import type { FieldPath, Facts } from '../../domain/enrichment-fields';
import type { PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { ContactSearch } from './port-contacts';
import type { LaterLookup } from './port-later';

export type { FieldPath, Facts };
export type * from './port-contacts';
export type * from './port-later';

interface Answered {
	/** In the provider's own credits. */
	readonly credits: number;
	/** The version that the provider says answered. */
	readonly apiVersion?: string;
	/** Wanted, and still being looked up: asked again next time rather than remembered as unknown. */
	readonly unanswered?: readonly FieldPath[];
}

/** Where the person works now, as the provider has it: what Detect Job Change compares with the lead. */
export interface Employer {
	readonly name?: string;
	/** Registrable domain, lower case. */
	readonly domain?: string;
	readonly title?: string;
	/** ISO 8601 date, as exact as the provider has it: `2026`, `2026-03`, `2026-03-01`. */
	readonly since?: string;
}

export interface Found extends Answered {
	readonly kind: 'found';
	/** Made with `facts` of lib/domain/enrichment-facts, which leaves out what cannot be trusted. */
	readonly fields: Facts;
	/** 0 to 1, where the provider says how sure it is. */
	readonly confidence?: number;
	/** 0 to 1, for fields that it is more or less sure of than of the rest. */
	readonly fieldConfidence?: Readonly<Partial<Record<FieldPath, number>>>;
	readonly employer?: Employer;
}

export interface NoMatch extends Answered {
	readonly kind: 'no-match';
}

/** `no-match`: asked, and nobody is known there. A failure is thrown as a PipelineError. */
export type Lookup = Found | NoMatch;

/**
 * What a call costs by the provider's public price list, so that it can be weighed before it is made.
 * What was really charged is said by the answer's `credits`.
 */
export interface Pricing {
	/** The provider's own credits for a person it knows, with the company where one answer holds both. */
	readonly perHit: number;
	/** When nothing of the company is wanted; absent: `perHit`. */
	readonly perPersonHit?: number;
	/** The most that one call can charge: so much is set aside before it. Absent: `perHit`. */
	readonly atMost?: number;
	/** For a company alone; absent: `perHit`. */
	readonly perCompanyHit?: number;
	/** US dollars for one credit, public list price; the source stands beside it in a comment. Absent: unknown. */
	readonly currencyPerCredit?: number;
}

/** At least one of the two; the domain where both are known. */
export interface CompanyQuery {
	/** Registrable domain, lower case. */
	readonly domain?: string;
	readonly name?: string;
}

/** A company without a person, so that ten leads of one domain cost one call. */
export interface CompanyLookup {
	readonly fills: readonly FieldPath[];
	/** Null when it can be asked, otherwise the reason it cannot. */
	cannotAsk(lead: Lead): string | null;
	lookup(query: CompanyQuery, http: Http): Promise<Lookup>;
	/** Several companies in one request, each with its domain. */
	readonly bulk?: BulkCompanyLookup;
}

export interface BulkCompanyLookup {
	/** Companies in one request, at most. */
	readonly size: number;
	/** In the order of the queries; a company that failed alone is an error in its place. Throws when all failed. */
	lookup(
		queries: readonly CompanyQuery[],
		http: Http,
	): Promise<ReadonlyArray<Lookup | PipelineError>>;
}

/** Several leads in one request. */
export interface BulkLookup {
	/** Leads in one request, at most. */
	readonly size: number;
	/** In the order of the leads; a lead that failed alone is an error in its place. Throws when all failed. */
	lookup(
		leads: readonly Lead[],
		http: Http,
		wanted: readonly FieldPath[],
	): Promise<ReadonlyArray<Lookup | PipelineError>>;
}

export interface EmailVerdict {
	readonly status: 'valid' | 'invalid' | 'accept_all' | 'unknown';
	/** A throw-away mailbox. */
	readonly disposable?: boolean;
	/** `info@`, `sales@`: nobody in particular. */
	readonly role?: boolean;
	/** 0 to 1: how likely a message arrives. */
	readonly score?: number;
	readonly credits: number;
	readonly apiVersion?: string;
}

export interface EmailVerifier {
	verify(email: string, http: Http): Promise<EmailVerdict>;
}

/**
 * One source of facts about a person or a company. Implement it in one file;
 * docs/adding-a-provider.md. Beyond `lookup`, a provider has what its API has.
 */
export interface EnrichmentProvider {
	readonly id: string;
	readonly title: string;
	/** n8n credential type. */
	readonly credential: string;
	/** Header that takes the credential's `apiKey`, for n8n's own types that do not sign requests. */
	readonly apiKeyHeader?: string;
	/** n8n renews the token of this credential: a 401 has to reach n8n first. */
	readonly renewsToken?: boolean;
	/** What this source can fill, so that a waterfall never pays for a call that cannot help. */
	readonly fills: readonly FieldPath[];
	readonly pricing: Pricing;
	/** Answers that another revision gave are not used again; for providers whose settings change. */
	readonly revision?: string;
	/** Milliseconds that an answer usually takes, until it has been measured. */
	readonly typicalMs?: number;
	/** The lead fields that it needs; null when it can be asked, otherwise the reason it cannot. */
	cannotAsk(lead: Lead): string | null;
	/**
	 * The person, and the company where one answer holds both. `wanted`: what is missing and this
	 * source may fill, so that no call is paid for anything else. A provider that has `company` leaves
	 * the company of a person it does not know to that: there it is asked once for all leads.
	 */
	lookup(lead: Lead, http: Http, wanted: readonly FieldPath[]): Promise<Lookup>;
	readonly company?: CompanyLookup;
	readonly bulk?: BulkLookup;
	readonly emailVerifier?: EmailVerifier;
	readonly contacts?: ContactSearch;
	readonly later?: LaterLookup;
}
