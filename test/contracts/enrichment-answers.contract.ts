import { facts } from '../../lib/domain/enrichment-facts';
import type { FieldPath } from '../../lib/domain/enrichment-fields';
import { isPipelineError } from '../../lib/domain/errors';
import type { EnrichmentProvider, Lookup } from '../../lib/vendors/enrichment/port';
import { useDesk } from './enrichment-desk';
import type { EnrichmentSuite, Expected } from './enrichment.contract';

/** What is said, in which form, and for how much. */
export function answersContract(suite: EnrichmentSuite) {
	const { provider, found, partial, nobody, company, verify, contacts } = suite;
	const desk = useDesk(suite);
	const spent = async <T>(ask: () => Promise<T>) => {
		const before = desk.credits();
		const answer = await ask();
		const after = desk.credits();
		return { answer, spent: before === undefined ? undefined : before - (after ?? 0) };
	};
	const lookup = async ({ lead, wanted = provider.fills }: Pick<Expected, 'lead' | 'wanted'>) =>
		await spent(() => provider.lookup(lead, desk.http(), wanted));

	if (found) {
		it('finds a person whom it knows', async () => {
			const { answer, spent: paid } = await lookup(found);
			expectFound(answer, found, provider.fills);
			expectPaid(paid, answer.credits);
		});
	}
	if (partial) {
		it('leaves out what it does not know of a person', async () => {
			const { answer } = await lookup(partial);
			expectFound(answer, partial, provider.fills);
		});
	}
	if (nobody) {
		it('knows nobody, for nothing, and without an error', async () => {
			const { answer, spent: paid } = await lookup(nobody);
			const { credits = 0 } = nobody;
			expect(answer).toMatchObject({ kind: 'no-match', credits });
			expectPaid(paid, credits);
		});
	}
	if (found) {
		it.each(Object.entries(SPOILT))('guesses nothing from %s', async (_, spoil) => {
			desk.server.trouble({ kind: 'change', change: (text) => respell(text, spoil) });
			const answer = await provider
				.lookup(found.lead, desk.http(), found.wanted ?? provider.fills)
				.catch((error: unknown) => error);
			if (isPipelineError(answer)) expect(answer.code).not.toBe('INTERNAL');
			else expect(answer).toMatchObject({ kind: 'no-match' });
		});
		it('does not ask about a lead without anything to go by', () => {
			expect(provider.cannotAsk(nothingOf(found.lead))).toMatch(/\w+ \w+/);
			expect(provider.cannotAsk(found.lead)).toBeNull();
		});
	}
	if (company) {
		const of = (query: typeof company.nobody) =>
			spent(async () => await provider.company?.lookup(query, desk.http()));
		it('finds a company, and nobody of it', async () => {
			const { answer, spent: paid } = await of(company.found.query);
			expectFound(answer, company.found, provider.company?.fills ?? []);
			expectPaid(paid, company.found.credits);
		});
		it('knows no company there, for nothing', async () => {
			const { answer, spent: paid } = await of(company.nobody);
			expect(answer).toMatchObject({ kind: 'no-match', credits: 0 });
			expectPaid(paid, 0);
		});
	}
	const { bulk } = provider;
	if (suite.bulk && bulk && found && nobody) {
		const wanted = suite.bulk.wanted ?? found.wanted ?? provider.fills;
		it('answers many leads in their order, with one request', async () => {
			const leads = [nobody.lead, found.lead, nobody.lead];
			const { answer, spent: paid } = await spent(() => bulk.lookup(leads, desk.http(), wanted));
			expect(answer).toHaveLength(3);
			expect(answer[0]).toMatchObject({ kind: 'no-match', credits: 0 });
			expect(answer[2]).toMatchObject({ kind: 'no-match', credits: 0 });
			const [, second] = answer;
			if (!second || isPipelineError(second)) throw second ?? new Error('No second answer');
			expectFound(second, { fields: found.fields, credits: second.credits }, provider.fills);
			expectPaid(paid, second.credits);
			expect(desk.server.requests).toHaveLength(1);
		});
		it('takes as many leads as it says', async () => {
			const leads = Array.from({ length: bulk.size }, () => nobody.lead);
			expect(await bulk.lookup(leads, desk.http(), wanted)).toHaveLength(bulk.size);
			expect(desk.server.requests).toHaveLength(1);
		});
	}
	if (verify) {
		it.each(Object.entries(verify))('judges %s', async (email, verdict) => {
			const { answer, spent: paid } = await spent(
				async () => await provider.emailVerifier?.verify(email, desk.http()),
			);
			expect(answer).toEqual(verdict);
			expectPaid(paid, verdict.credits);
		});
	}
	if (contacts) {
		it('finds others at an account', async () => {
			const { answer, spent: paid } = await spent(
				async () => await provider.contacts?.find(contacts.query, desk.http()),
			);
			expect(answer?.contacts.map(({ fullName }) => fullName)).toEqual(contacts.fullNames);
			expect(answer?.credits).toBe(contacts.credits);
			expectPaid(paid, contacts.credits);
		});
		it('finds nobody at an account that it does not know', async () => {
			const page = await provider.contacts?.find(contacts.nobody, desk.http());
			expect(page).toMatchObject({ contacts: [], credits: 0 });
			expect(page?.cursor).toBeUndefined();
		});
	}
}

/** A found answer that is honest: in the lead's form, within what the provider fills, without gaps filled. */
export function expectFound(
	answer: Lookup | undefined,
	expected: Pick<Expected, 'fields' | 'credits' | 'absent'>,
	fills: readonly FieldPath[],
) {
	expect(answer).toMatchObject({
		kind: 'found',
		fields: expected.fields,
		credits: expected.credits,
	});
	if (answer?.kind !== 'found') return;
	const said = Object.keys(answer.fields) as FieldPath[];
	expect(said.filter((path) => !fills.includes(path))).toEqual([]);
	expect(facts(answer.fields)).toEqual(answer.fields);
	for (const path of expected.absent ?? []) expect(said).not.toContain(path);
	expect((answer.unanswered ?? []).filter((path) => said.includes(path))).toEqual([]);
	if (answer.confidence !== undefined) {
		expect(answer.confidence).toBeGreaterThanOrEqual(0);
		expect(answer.confidence).toBeLessThanOrEqual(1);
	}
	expect(answer.employer?.domain ?? 'none').toMatch(/^[a-z0-9.-]+$/);
}

/** The simulator counts for itself what it takes. */
export function expectPaid(spent: number | undefined, credits: number) {
	if (spent !== undefined) expect(spent).toBe(credits);
}

/** Leaves as some vendors send them where a plan does not include the value. */
const SPOILT: Readonly<Record<string, unknown>> = {
	'"true" where a value would stand': true,
	'nulls alone': null,
	'empty texts': '',
	'lists where a value would stand': [],
};

function respell(text: string, leaf: unknown): string {
	try {
		return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
			typeof value === 'object' ? value : leaf,
		);
	} catch {
		return text;
	}
}

const nothingOf = (lead: Parameters<EnrichmentProvider['cannotAsk']>[0]) => ({
	...lead,
	identity: { externalIds: {} },
	person: {},
	company: {},
});
