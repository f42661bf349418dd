import fc from 'fast-check';
import { facts } from '../../lib/domain/enrichment-facts';
import {
	FIELD_PATHS,
	missingOf,
	valueAt,
	type FieldPath,
} from '../../lib/domain/enrichment-fields';
import { mergeOffers, staleFields } from '../../lib/domain/enrichment-merge';
import type { MergeRules, Offer } from '../../lib/domain/enrichment-offer';
import { lead } from '../leads';

const at = '2026-11-01T10:00:02.000Z';
const from = (said: Parameters<typeof facts>[0], change: Partial<Offer> = {}): Offer => ({
	provider: 'apollo',
	at,
	facts: facts(said),
	allowed: FIELD_PATHS,
	rank: 0,
	...change,
});

describe('mergeOffers', () => {
	it('fills what is missing, says from where, and keeps what the form said', () => {
		const merged = mergeOffers(lead({ person: { title: 'VP Sales' } }), [
			from({ 'person.title': 'Director', 'person.seniority': 'vp' }, { confidence: 0.9 }),
		]);
		expect(merged.lead.person).toMatchObject({ title: 'VP Sales', seniority: 'vp' });
		expect(merged.filled).toEqual({
			'person.seniority': { provider: 'apollo', at, confidence: 0.9 },
		});
		expect(merged.alternatives).toEqual({
			'person.title': [{ value: 'Director', provider: 'apollo', at, confidence: 0.9 }],
		});
		expect(merged.conflicts).toEqual([]);
	});

	it('puts a zone that is known in the place of one that was worked out, but not of a given one', () => {
		const said = from({ 'person.timezone': 'America/Denver' });
		const zone = (timezoneSource: 'given' | 'inferred:state') =>
			lead({ person: { timezone: 'America/New_York', timezoneSource } });
		expect(mergeOffers(zone('inferred:state'), [said]).lead.person).toMatchObject({
			timezone: 'America/Denver',
			timezoneSource: 'enriched',
		});
		expect(mergeOffers(zone('given'), [said]).facts).toEqual({});
	});

	it('fills only what the step may fill', () => {
		const said = { 'person.seniority': 'vp', 'person.city': 'Boston' };
		const offer = from(said, { allowed: ['person.city'] });
		expect(mergeOffers(lead(), [offer]).facts).toEqual({ 'person.city': 'Boston' });
	});

	it('keeps the company of the form and takes nothing of the other one, nor of the job there', () => {
		const merged = mergeOffers(lead(), [
			from({
				'company.name': 'Old Mill Insurance',
				'company.domain': 'oldmill.com',
				'company.employeeCount': 5200,
				'person.title': 'Account Executive',
				'person.city': 'Chicago',
			}),
		]);
		expect(merged.facts).toEqual({ 'person.city': 'Chicago' });
		expect(merged.conflicts).toEqual([
			{
				field: 'company.name',
				kept: 'Northwind',
				offered: 'Old Mill Insurance',
				provider: 'apollo',
				withheld: ['person.title', 'company.employeeCount'],
			},
			{
				field: 'company.domain',
				kept: 'northwind.com',
				offered: 'oldmill.com',
				provider: 'apollo',
			},
		]);
	});

	it('takes the facts of the same company under another top-level domain, and shows the difference', () => {
		const said = { 'company.domain': 'northwind.de', 'company.employeeCount': 800 };
		const merged = mergeOffers(lead(), [from(said)]);
		expect(merged.facts).toEqual({ 'company.employeeCount': 800 });
		expect(merged.conflicts).toMatchObject([{ field: 'company.domain', offered: 'northwind.de' }]);
	});

	it('takes one company for all facts where the lead names none', () => {
		const nobody = lead({ company: { name: undefined, domain: undefined } } as Parameters<
			typeof lead
		>[0]);
		const acme = { 'company.name': 'Acme', 'company.industry': 'Robots' };
		const apex = { 'company.name': 'Apex', 'company.employeeCount': 5 };
		const offers = [from(apex, { provider: 'b', rank: 1 }), from(acme, { provider: 'a', rank: 0 })];
		expect(mergeOffers(nobody, offers).facts).toEqual(acme);
		const trusted = { precedence: { 'company.name': ['b'] } };
		expect(mergeOffers(nobody, offers, trusted).facts).toEqual(apex);
	});
});

describe('two providers that say different things', () => {
	const first = from({ 'person.title': 'CEO' }, { provider: 'a', rank: 0, confidence: 0.6 });
	const second = (confidence?: number) =>
		from(
			{ 'person.title': 'Owner' },
			{ provider: 'b', rank: 1, ...(confidence !== undefined && { confidence }) },
		);
	const titleOf = (offers: readonly Offer[], rules?: MergeRules) =>
		mergeOffers(lead(), offers, rules).facts['person.title'];
	const trustB: MergeRules = { precedence: { 'person.title': ['b', 'a'] } };

	it('the lower rank stands, however sure the other is, and the other is kept beside it', () => {
		const merged = mergeOffers(lead(), [second(0.99), first]);
		expect(merged.facts).toEqual({ 'person.title': 'CEO' });
		expect(merged.alternatives['person.title']).toEqual([
			{ value: 'Owner', provider: 'b', at, confidence: 0.99 },
		]);
	});

	it('unless the other is trusted more for this field', () => {
		expect(titleOf([first, second(0.9)], trustB)).toBe('Owner');
		expect(titleOf([first, second()], trustB)).toBe('Owner');
		expect(titleOf([first, second(0.9)], { precedence: { 'person.city': ['b'] } })).toBe('CEO');
	});

	it('and is not less sure of it', () => {
		expect(titleOf([first, second(0.5)], trustB)).toBe('CEO');
		const sure = { ...second(0.5), fieldConfidence: { 'person.title': 0.7 } };
		expect(titleOf([first, sure], trustB)).toBe('Owner');
	});

	it('who is trusted for the company is not trusted for the rest', () => {
		const b = {
			...second(),
			facts: facts({ 'person.title': 'Owner', 'company.name': 'Northwind' }),
		};
		expect(titleOf([first, b], { precedence: { 'company.name': ['b'] } })).toBe('CEO');
	});

	it('never the lead’s own value', () => {
		const own = lead({ person: { title: 'Founder' } });
		expect(mergeOffers(own, [first, second(1)], trustB).facts).toEqual({});
	});
});

describe('what is too old', () => {
	const known = { 'person.title': { provider: 'a', at: '2026-08-01T00:00:00Z', confidence: 0.8 } };
	const one = lead({ person: { title: 'CEO', seniority: 'c_suite' } });
	const now = Date.parse(at);
	const stale = staleFields(one, known, {
		maxAgeMs: { 'person.title': 30 * 86_400_000, 'person.seniority': 1 },
		now,
	});

	it('is what a provider brought longer ago than its limit, never what the form said', () => {
		expect([...stale.keys()]).toEqual(['person.title']);
		expect(staleFields(one, known, { maxAgeMs: { 'person.title': 1e12 }, now }).size).toBe(0);
		expect(staleFields(lead(), known, { maxAgeMs: { 'person.title': 1 }, now }).size).toBe(0);
	});

	it('is replaced by what is not less sure, and stays when nothing better comes', () => {
		const title = (confidence?: number) =>
			mergeOffers(
				one,
				[from({ 'person.title': 'Chair' }, confidence === undefined ? {} : { confidence })],
				{ stale },
			).lead.person.title;
		expect(title(0.9)).toBe('Chair');
		expect(title()).toBe('Chair');
		expect(title(0.5)).toBe('CEO');
		expect(mergeOffers(one, [], { stale }).lead.person.title).toBe('CEO');
	});
});

describe('over any answers', () => {
	const providers = ['a', 'b', 'c', 'd'];
	const value = fc.oneof(
		fc.constantFrom('US', 'CEO', 'Acme', 'acme.com', 'apex.org', '+16175550142'),
		fc.string(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
	);
	const said = fc.dictionary(fc.constantFrom(...FIELD_PATHS), value);
	const offers = fc
		.array(fc.record({ said, confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }), {
			maxLength: providers.length,
		})
		.map((all) =>
			all.map(({ said: one, confidence }, rank) =>
				from(one, {
					rank,
					provider: providers[rank] ?? 'e',
					...(confidence !== null && { confidence }),
				}),
			),
		);
	const rules = fc
		.dictionary(fc.constantFrom(...FIELD_PATHS), fc.shuffledSubarray(providers))
		.map((precedence): MergeRules => ({ precedence }));
	const people = fc.constantFrom(
		lead(),
		lead({ person: { title: 'VP', country: 'DE' } }),
		lead({ company: { name: undefined, domain: undefined } } as Parameters<typeof lead>[0]),
	);

	it('who answers first does not matter', () => {
		const shuffled = offers.chain((all) =>
			fc.tuple(
				fc.constant(all),
				fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
			),
		);
		fc.assert(
			fc.property(people, shuffled, rules, (one, [inOrder, otherwise], rule) => {
				const { conflicts, ...merged } = mergeOffers(one, otherwise, rule);
				const { conflicts: expected, ...same } = mergeOffers(one, inOrder, rule);
				const sorted = (map: ReadonlyMap<FieldPath, Offer>) =>
					[...map].map(([k, v]) => [k, v.rank]);
				expect({ ...merged, sources: sorted(merged.sources) }).toEqual({
					...same,
					sources: sorted(same.sources),
				});
				expect(conflicts).toEqual(expected);
			}),
			{ numRuns: 500 },
		);
	});

	it('a field that has a value is never changed, emptied, or filled with nothing', () => {
		fc.assert(
			fc.property(people, offers, rules, (one, all, rule) => {
				const merged = mergeOffers(one, all, rule);
				for (const path of FIELD_PATHS) {
					const had = missingOf(one, [path]).length === 0;
					if (had) expect(valueAt(merged.lead, path)).toEqual(valueAt(one, path));
					if (merged.sources.has(path)) expect(missingOf(merged.lead, [path])).toEqual([]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('a field that one answer filled stays filled when the next step answers', () => {
		fc.assert(
			fc.property(people, offers, (one, all) => {
				let filled: string[] = [];
				for (let count = 1; count <= all.length; count += 1) {
					const { lead: now, facts: taken } = mergeOffers(one, all.slice(0, count));
					for (const path of filled) expect(Object.keys(taken)).toContain(path);
					expect(missingOf(now, FIELD_PATHS).length).toBeLessThanOrEqual(
						missingOf(one, FIELD_PATHS).length,
					);
					filled = Object.keys(taken);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
