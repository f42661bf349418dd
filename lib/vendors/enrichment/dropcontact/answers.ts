import { z } from 'zod';
import { facts, loose } from '../../../domain/enrichment-facts';
import type { Lookup } from '../port';
import { statusFor, type Marks } from '../sent';
import { employerOf, knowsSomething, part } from '../wire';

/** https://developer.dropcontact.com: what was sent comes back, corrected, with what was found. */
export const Row = z.object({
	first_name: loose.text,
	last_name: loose.text,
	full_name: loose.text,
	email: z
		.array(z.object({ email: loose.text, qualification: loose.text }))
		.catch([])
		.default([]),
	phone: loose.text,
	mobile_phone: loose.text,
	company: loose.text,
	website: loose.text,
	linkedin: loose.text,
	company_linkedin: loose.text,
	country: loose.text,
	industry: loose.text,
	nb_employees: loose.text,
	job: loose.text,
	job_level: loose.text,
	job_function: loose.text,
	custom_fields: part({ place: loose.text, email: loose.text }),
});

/**
 * A contact that Dropcontact knows nothing of comes back as it was sent: without an address it is no
 * match. A credit is taken where an address came back, or was sent to be verified.
 */
export function lookupOf(row: z.infer<typeof Row>): Lookup {
	const marks: Marks = row.custom_fields ?? {};
	const best = bestOf(row.email);
	const credits = row.email.length > 0 || marks.email ? 1 : 0;
	const known = facts({
		'identity.email': best?.status === 'invalid' ? undefined : best?.email,
		'identity.emailStatus': best && statusFor(best.email, best.status, marks),
		'identity.phone': row.mobile_phone,
		'person.firstName': row.first_name,
		'person.lastName': row.last_name,
		'person.fullName': row.full_name,
		'person.title': row.job,
		'person.seniority': row.job_level,
		'person.department': row.job_function,
		'person.linkedinUrl': row.linkedin,
		'company.name': row.company,
		'company.domain': row.website,
		'company.employeeCount': numberIn(row.nb_employees),
		'company.industry': row.industry,
		'company.phone': row.phone,
		'company.linkedinUrl': row.company_linkedin,
		'company.country': row.country,
	});
	if (!best || !knowsSomething(known)) return { kind: 'no-match', credits };
	const { company: name, website: domain, job: title } = row;
	return {
		kind: 'found',
		fields: known,
		credits,
		...(row.job && employerOf({ name, domain, title, since: undefined })),
	};
}

/** `local@domain`, each in a word: the person's own address first, and none of the company's at large. */
const STATUS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^nominative@(pro|perso)$/, 'valid'],
	[/^catch_all@(pro|perso)$/, 'accept_all'],
	[/^invalid@|@invalid$/, 'invalid'],
];

function bestOf(emails: z.infer<typeof Row>['email']) {
	for (const [pattern, status] of STATUS) {
		const email = emails.find(({ qualification }) => pattern.test(qualification ?? ''))?.email;
		if (email) return { email, status };
	}
	return undefined;
}

/** `202`, and not `200-500`. */
const numberIn = (text: string | null | undefined) =>
	text && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
