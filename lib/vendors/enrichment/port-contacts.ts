import type { Http } from '../../runtime/http';

/** Who else works at an account. */
export interface ContactQuery {
	/** Registrable domain, lower case. */
	readonly domain: string;
	/** Any of them; words that a title contains. Empty: all. */
	readonly titles: readonly string[];
	/** Any of them, in our words: `c_suite`, `vp`, `director`, `manager`, … Empty: all. */
	readonly seniorities: readonly string[];
	/** Any of them. Empty: all. */
	readonly departments: readonly string[];
	/** People wanted at most. */
	readonly limit: number;
	/** From the page before; absent for the first. */
	readonly cursor?: string;
}

/** Absent means unknown; some providers show addresses and numbers only for further credits. */
export interface Contact {
	/** The provider's own id of the person. */
	readonly id?: string;
	readonly firstName?: string;
	readonly lastName?: string;
	readonly fullName?: string;
	readonly title?: string;
	readonly seniority?: string;
	readonly department?: string;
	readonly email?: string;
	readonly emailStatus?: 'valid' | 'invalid' | 'accept_all' | 'unknown';
	/** E.164. */
	readonly phone?: string;
	readonly linkedinUrl?: string;
	/** 0 to 1. */
	readonly confidence?: number;
}

export interface ContactPage {
	readonly contacts: readonly Contact[];
	/** How many the provider knows in all. */
	readonly total?: number;
	/** Asks for the next page; absent on the last. */
	readonly cursor?: string;
	readonly credits: number;
	readonly apiVersion?: string;
}

export interface ContactSearch {
	/** The most that one page can charge: so much is set aside before it. */
	creditsAtMost(query: ContactQuery): number;
	find(query: ContactQuery, http: Http): Promise<ContactPage>;
}
