import { z } from 'zod';
import { facts, loose } from '../../../domain/enrichment-facts';
import { readAnswer } from '../../../runtime/answer';
import { apiVersion } from '../../api-version';
import type { Contact, ContactSearch } from '../port';
import { ask, knows } from './call';

const Email = z.object({
	value: loose.text,
	confidence: loose.number,
	first_name: loose.text,
	last_name: loose.text,
	position: loose.text,
	seniority: loose.text,
	department: loose.text,
	linkedin: loose.text,
	phone_number: loose.text,
	verification: z.object({ status: loose.text }).nullish().catch(undefined),
});

const Answer = z.object({
	data: z.object({ emails: z.array(Email) }),
	meta: z.object({ results: loose.number }).nullish().catch(undefined),
});

/**
 * The people whose addresses Hunter has seen at a domain. Titles are compared here, after the page was
 * paid for: a page may hold fewer people than it was asked for, and none and a cursor.
 */
export const contacts: ContactSearch = {
	creditsAtMost: ({ limit }) => creditsFor(sizeOf(limit)),

	async find({ domain, titles, seniorities, departments, limit, cursor }, http) {
		const offset = Number(cursor ?? 0);
		const size = sizeOf(limit);
		// https://hunter.io/api-documentation/v2#domain-search
		const response = await ask(http, '/domain-search', {
			domain,
			type: 'personal',
			limit: size,
			offset,
			seniority: listOf(seniorities.map(seniorityOf)),
			department: listOf(departments.map((name) => name.trim().toLowerCase())),
		});
		const version = apiVersion(response);
		if (!knows(response)) return { contacts: [], credits: 0, ...version };
		const { data, meta } = readAnswer(Answer, response, 'hunter');
		const found = data.emails.map(contactOf).filter((one) => one !== undefined);
		const total = typeof meta?.results === 'number' ? meta.results : undefined;
		const next = offset + size;
		return {
			contacts: found.filter(({ title }) => hasWord(title, titles)),
			...(total !== undefined && { total }),
			...(total !== undefined && next < total && { cursor: String(next) }),
			credits: creditsFor(data.emails.length),
			...version,
		};
	},
};

const sizeOf = (limit: number) => Math.min(Math.max(limit, 1), 100);

/** One credit for up to ten addresses: https://hunter.io/pricing */
const creditsFor = (addresses: number) => Math.ceil(addresses / 10);

function contactOf(said: z.infer<typeof Email>): Contact | undefined {
	const known = facts({
		'identity.email': said.value,
		'identity.emailStatus': said.verification?.status,
		'identity.phone': said.phone_number,
		'person.firstName': said.first_name,
		'person.lastName': said.last_name,
		'person.title': said.position,
		'person.seniority': said.seniority,
		'person.department': said.department,
		'person.linkedinUrl': said.linkedin,
	});
	const text = (path: keyof typeof known) => {
		const value = known[path];
		return typeof value === 'string' ? value : undefined;
	};
	const email = text('identity.email');
	if (email === undefined) return undefined;
	const status = VERDICTS.find((verdict) => verdict === text('identity.emailStatus'));
	const fullName = [text('person.firstName'), text('person.lastName')].filter(Boolean).join(' ');
	return Object.fromEntries(
		Object.entries({
			firstName: text('person.firstName'),
			lastName: text('person.lastName'),
			fullName: fullName || undefined,
			title: text('person.title'),
			seniority: text('person.seniority'),
			department: text('person.department'),
			email,
			emailStatus: status,
			phone: text('identity.phone'),
			linkedinUrl: text('person.linkedinUrl'),
			confidence: typeof said.confidence === 'number' ? said.confidence / 100 : undefined,
		}).filter(([, value]) => value !== undefined),
	);
}

const VERDICTS = ['valid', 'invalid', 'accept_all', 'unknown'] as const;

/** Hunter has three levels. */
const seniorityOf = (name: string) =>
	/^(c_suite|founder|owner|partner|vp|executive)$/.test(name)
		? 'executive'
		: /^(entry|intern|junior|training)$/.test(name)
			? 'junior'
			: 'senior';

const listOf = (names: readonly string[]) =>
	names.length ? [...new Set(names)].join(',') : undefined;

const hasWord = (title: string | undefined, words: readonly string[]) =>
	words.length === 0 ||
	words.some((word) => title?.toLowerCase().includes(word.trim().toLowerCase()));
