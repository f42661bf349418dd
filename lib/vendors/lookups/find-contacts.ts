import { z } from 'zod';
import { identityOf } from '../../domain/contact-lead';
import type { StepReport } from '../../domain/enrichment';
import type { PipelineError } from '../../domain/errors';
import type { Contact, ContactPage, ContactQuery, ContactSearch } from '../enrichment/port';
import { LISTS_OF_PEOPLE } from '../../domain/subject';
import { keptAs } from '../lookup-cache';
import { askInTurn, type Said, type Turns, type TurnWorld } from './in-turn';
import type { Pay } from './pay-call';

export interface Colleague {
	readonly provider: string;
	readonly contact: Contact;
}

export interface ContactsFound {
	/** Each person once, as many as were asked for. */
	readonly colleagues: readonly Colleague[];
	/** How many the first provider that says so knows in all. */
	readonly total?: number;
	readonly steps: readonly StepReport[];
	readonly credits: number;
	readonly cost?: number;
	readonly failure?: PipelineError;
}

export type FindOrder = Pick<Turns<ContactPage>, 'steps' | 'budgetMs' | 'budgets'>;

/** Each page is paid for: one that filters after it was paid may give few people for many pages. */
const PAGES = 5;

/** Who else works at an account. Providers are asked in turn until as many as wanted are found. */
export async function findContacts(
	query: Omit<ContactQuery, 'cursor'>,
	order: FindOrder,
	world: TurnWorld,
): Promise<ContactsFound> {
	const taken = await askInTurn<ContactPage>(
		{
			...order,
			cannotAsk: ({ contacts, title }) =>
				contacts ? null : `${title} does not search for people at a company`,
			enough: (pages) =>
				distinct(pages.map((answer) => ({ provider: '', answer }))).length >= query.limit,
			async ask(provider, pay): Promise<Said<ContactPage>> {
				const { contacts } = provider;
				if (!contacts) return { cached: false };
				const question = {
					name: `contacts:${keptAs(provider)}:${JSON.stringify(query)}`,
					subject: LISTS_OF_PEOPLE,
					read: (value: unknown) => Page.safeParse(value).data,
					final: () => true,
				};
				const { answer, cached } = await world.answers.find(
					question,
					async () => await allPages(contacts, query, pay),
				);
				return { cached, ...(answer.contacts.length > 0 && { answer }) };
			},
		},
		world,
	);
	const { answers, steps, credits, cost, failure } = taken;
	const total = answers.find(({ answer }) => answer.total !== undefined)?.answer.total;
	return {
		colleagues: distinct(answers).slice(0, query.limit),
		...(total !== undefined && { total }),
		steps,
		credits,
		...(cost !== undefined && { cost }),
		...(failure && { failure }),
	};
}

async function allPages(
	{ find, creditsAtMost }: ContactSearch,
	query: Omit<ContactQuery, 'cursor'>,
	pay: Pay,
): Promise<ContactPage> {
	let page = await pay(async (http) => await find(query, http), creditsAtMost(query));
	const contacts = [...page.contacts];
	let { credits } = page;
	for (let pages = 1; pages < PAGES && page.cursor && contacts.length < query.limit; pages += 1) {
		const { cursor } = page;
		const next = { ...query, limit: query.limit - contacts.length, cursor };
		page = await pay(async (http) => await find(next, http), creditsAtMost(next));
		contacts.push(...page.contacts);
		credits += page.credits;
	}
	return { ...page, contacts, credits };
}

function distinct(
	pages: ReadonlyArray<{ readonly provider: string; readonly answer: ContactPage }>,
): Colleague[] {
	const found = new Map<string, Colleague>();
	for (const { provider, answer } of pages) {
		for (const contact of answer.contacts) {
			const key = identityOf(contact);
			if (!found.has(key)) found.set(key, { provider, contact });
		}
	}
	return [...found.values()];
}

const text = z.string().exactOptional();
const Page: z.ZodType<ContactPage> = z.object({
	contacts: z.array(
		z.object({
			id: text,
			firstName: text,
			lastName: text,
			fullName: text,
			title: text,
			seniority: text,
			department: text,
			email: text,
			emailStatus: z.enum(['valid', 'invalid', 'accept_all', 'unknown']).exactOptional(),
			phone: text,
			linkedinUrl: text,
			confidence: z.number().exactOptional(),
		}),
	),
	total: z.number().exactOptional(),
	cursor: text,
	credits: z.number(),
	apiVersion: text,
});
