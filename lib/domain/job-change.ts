import type { Lead } from './lead';
import { sameCompany, sameTitle } from './same-company';

/** Where somebody works, as far as it is known. */
export interface Job {
	readonly name?: string | undefined;
	/** Registrable domain, lower case. */
	readonly domain?: string | undefined;
	readonly title?: string | undefined;
	/** ISO 8601 date, as exact as it is known. */
	readonly since?: string | undefined;
}

export interface JobVerdict {
	readonly verdict: 'same' | 'changed' | 'unknown';
	readonly reason: string;
	/** At the same company, with another title. */
	readonly titleChanged: boolean;
}

/** Whether a person still works where the lead says; `unknown` where the two cannot be compared. */
export function judgeJob(lead: Lead, now: Job): JobVerdict {
	const { name, domain } = lead.company;
	const said = (verdict: JobVerdict['verdict'], reason: string, titleChanged = false) => ({
		verdict,
		reason,
		titleChanged,
	});
	if (!name && !domain) return said('unknown', 'The lead names no company to compare with');
	const comparable = (name && now.name) || (domain && now.domain);
	if (!comparable) return said('unknown', 'The provider and the lead name the company differently');
	if (!sameCompany({ name, domain }, now)) {
		return said('changed', `Now at ${now.name ?? now.domain}`);
	}
	const { title } = lead.person;
	const titleChanged = Boolean(title && now.title && !sameTitle(title, now.title));
	return said('same', titleChanged ? 'Same company, another title' : 'Same company', titleChanged);
}

/** The lead in the new job. What was known of the old company goes, and so does the rank held there. */
export function inNewJob<T extends Pick<Lead, 'person' | 'company'>>(lead: T, job: Job): T {
	const { name, domain, title } = job;
	const person = Object.entries(lead.person).filter(([field]) => !HELD.has(field));
	return {
		...lead,
		person: { ...Object.fromEntries(person), ...(title && { title }) },
		company: { ...(name && { name }), ...(domain && { domain }) },
	};
}

const HELD: ReadonlySet<string> = new Set(['title', 'seniority', 'department']);
