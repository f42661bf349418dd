import type { FieldPath } from '../../lib/domain/enrichment-fields';
import { PipelineError } from '../../lib/domain/errors';
import type { Lead } from '../../lib/domain/lead';
import { memoryStore } from '../../lib/runtime/store/memory';
import type { Entry, Store } from '../../lib/runtime/store/port';
import type { EnrichmentProvider, Lookup } from '../../lib/vendors/enrichment/port';
import { lookupCache, lookupKey, subjectOf } from '../../lib/vendors/lookup-cache';
import { enrich, noteOf, type EnrichmentOrder } from '../../lib/vendors/waterfall';
import { lead } from '../leads';

type Answer = Lookup | Error | ((lead: Lead) => Lookup);

/** A provider that answers from a list, and a clock that each answer moves by 100 ms. */
function world() {
	let time = Date.parse('2026-11-01T10:00:00.000Z');
	const asked: string[] = [];
	const deadlines: number[] = [];
	const written: Entry[] = [];
	const now = () => time;
	const memory = memoryStore(now);
	const store: Store = {
		...memory,
		async set(entries) {
			written.push(...entries);
			await memory.set(entries);
		},
	};
	const provider = (
		id: string,
		fills: readonly FieldPath[],
		...answers: Answer[]
	): EnrichmentProvider => ({
		id,
		title: id,
		credential: `${id}Api`,
		pricing: { perHit: 1, currencyPerCredit: 0.02 },
		fills,
		cannotAsk: (one) => (one.identity.email ? null : 'It needs an email address'),
		async lookup(one, _http, wanted) {
			asked.push(`${id}: ${wanted.join(' ')}`);
			time += 100;
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (!answer || answer instanceof Error) throw answer ?? new Error('no answer');
			return await Promise.resolve(typeof answer === 'function' ? answer(one) : answer);
		},
	});
	const cache = (hours = 24, open: () => Store = () => store) =>
		lookupCache({ store: open, maxAgeMs: hours * 3_600_000, now, onTrouble: () => undefined });
	const open = (_: EnrichmentProvider, deadlineAt: number) => {
		deadlines.push(deadlineAt - time);
		return { send: () => Promise.reject(new Error('not used')) };
	};
	return {
		asked,
		deadlines,
		written,
		provider,
		cache,
		open,
		now,
		pass: (ms: number) => (time += ms),
	};
}

const found = (fields: Extract<Lookup, { kind: 'found' }>['fields']): Lookup => ({
	kind: 'found',
	credits: 1,
	fields,
});
const nobody: Lookup = { kind: 'no-match', credits: 0 };
const down = new PipelineError('UPSTREAM_UNAVAILABLE', 'first answered 500');
const wanted: FieldPath[] = ['person.title', 'person.seniority'];

const order = (
	providers: readonly EnrichmentProvider[],
	change: Partial<EnrichmentOrder> = {},
): EnrichmentOrder => ({
	steps: providers.map((provider) => ({ provider, fields: [], timeoutMs: 3_000 })),
	wanted,
	budgetMs: 5_000,
	personalAddresses: false,
	onlyWanted: false,
	...change,
});

describe('enrich', () => {
	it('asks the next provider only for what is still missing', async () => {
		const w = world();
		const first = w.provider('first', wanted, found({ 'person.title': 'Director' }));
		const second = w.provider(
			'second',
			wanted,
			found({ 'person.title': 'CEO', 'person.seniority': 'director' }),
		);
		const third = w.provider('third', wanted, nobody);
		const result = await enrich(lead(), order([first, second, third]), { ...w, cache: w.cache() });
		expect(w.asked).toEqual(['first: person.title person.seniority', 'second: person.seniority']);
		expect(result.facts).toEqual({ 'person.title': 'Director', 'person.seniority': 'director' });
		expect(result.enrichment).toMatchObject({
			status: 'enriched',
			missing: [],
			credits: 2,
			cached: false,
			filled: {
				'person.title': { provider: 'first', at: '2026-11-01T10:00:00.100Z' },
				'person.seniority': { provider: 'second', at: '2026-11-01T10:00:00.200Z' },
			},
			steps: [
				{ provider: 'first', outcome: 'hit', durationMs: 100, credits: 1 },
				{ provider: 'second', outcome: 'hit', durationMs: 100, credits: 1 },
				{ provider: 'third', outcome: 'skipped', reason: 'Nothing that is wanted is missing' },
			],
		});
		expect(noteOf(result.enrichment)).toBe('first hit, second hit: 2 fields filled');
	});

	it('asks the second provider after the first one failed', async () => {
		const w = world();
		const second = w.provider(
			'second',
			wanted,
			found({ 'person.title': 'CEO', 'person.seniority': 'c_suite' }),
		);
		const steps = order([w.provider('first', wanted, down), second]);
		const { enrichment, failure } = await enrich(lead(), steps, { ...w, cache: w.cache() });
		expect(failure).toBeUndefined();
		expect(enrichment.status).toBe('enriched');
		expect(enrichment.steps[0]).toEqual({
			provider: 'first',
			outcome: 'failed',
			code: 'UPSTREAM_UNAVAILABLE',
			reason: 'first answered 500',
			durationMs: 100,
			credits: 0,
		});
	});

	it('hands over the last failure when every provider that was asked failed', async () => {
		const w = world();
		const steps = order([
			w.provider('first', wanted, down),
			w.provider('second', ['person.city'], nobody),
		]);
		const result = await enrich(lead(), steps, { ...w, cache: w.cache() });
		expect(result.failure).toBe(down);
		expect(result.enrichment).toMatchObject({ status: 'partial', missing: wanted });
	});

	it('does not hide a defect as a failed step', async () => {
		const w = world();
		const steps = order([w.provider('first', wanted, new TypeError('x is undefined'))]);
		await expect(enrich(lead(), steps, { ...w, cache: w.cache() })).rejects.toThrow(TypeError);
	});

	it('gives each step its timeout, and all of them no more than the budget', async () => {
		const w = world();
		const slow = (id: string) =>
			w.provider(id, wanted, () => {
				w.pass(2_900);
				return nobody;
			});
		const steps = order([slow('first'), slow('second'), slow('third')]);
		const { enrichment } = await enrich(lead(), steps, { ...w, cache: w.cache() });
		expect(w.deadlines).toEqual([3_000, 2_000]);
		expect(enrichment.steps[2]).toMatchObject({
			outcome: 'skipped',
			code: 'TIMEOUT',
			reason: 'The 5000 ms for this lead were used up',
		});
		expect(enrichment.status).toBe('partial');
	});

	it('asks nobody when consent was denied', async () => {
		const w = world();
		const denied = lead({ consent: { channels: { enrichment: false } } });
		const steps = order([w.provider('first', wanted, nobody)]);
		const { enrichment } = await enrich(denied, steps, { ...w, cache: w.cache() });
		expect(w.asked).toEqual([]);
		expect(enrichment).toMatchObject({
			status: 'skipped',
			reason: 'Consent to enrichment was denied: the person refused enrichment',
		});
		expect(noteOf(enrichment)).toBe(
			'not enriched: Consent to enrichment was denied: the person refused enrichment',
		);
	});

	it('uses what an earlier provider found to ask the next', async () => {
		const w = world();
		const finder: EnrichmentProvider = {
			...w.provider(
				'finder',
				['identity.email'],
				found({ 'identity.email': 'dana@northwind.com' }),
			),
			cannotAsk: () => null,
		};
		const steps = order([finder, w.provider('second', wanted, nobody)], {
			wanted: ['identity.email', ...wanted],
		});
		const noAddress = lead({ identity: { email: undefined } } as Parameters<typeof lead>[0]);
		await enrich(noAddress, steps, { ...w, cache: w.cache() });
		expect(w.asked).toEqual(['finder: identity.email', 'second: person.title person.seniority']);
	});

	it('keeps what nobody wanted only if it may', async () => {
		const w = world();
		const said = found({ 'person.title': 'CEO', 'person.city': 'Boston' });
		const steps = order([w.provider('first', [...wanted, 'person.city'], said)]);
		const run = async (onlyWanted: boolean) =>
			(await enrich(lead(), { ...steps, onlyWanted }, { ...w, cache: w.cache(0) })).facts;
		expect(await run(true)).toEqual({ 'person.title': 'CEO' });
		expect(await run(false)).toEqual({ 'person.title': 'CEO', 'person.city': 'Boston' });
	});
});

describe('the cache', () => {
	it.each([
		['a hit', found({ 'person.title': 'CEO' }), 'hit'],
		['a no-match', nobody, 'no-match'],
	])(
		'pays once for %s, and asks again after its age, counted from the answer',
		async (_, answer, outcome) => {
			const w = world();
			const steps = order([w.provider('first', wanted, answer)]);
			const run = async () => {
				const cache = w.cache();
				const result = await enrich(lead(), steps, { ...w, cache });
				await cache.flush();
				return result.enrichment;
			};
			await run();
			w.pass(23 * 3_600_000);
			expect(await run()).toMatchObject({
				cached: true,
				credits: 0,
				steps: [{ outcome, cached: true }],
			});
			w.pass(3_600_000);
			expect(await run()).toMatchObject({ cached: false });
			expect(w.asked).toHaveLength(2);
			expect(w.written[0]).toEqual({
				key: lookupKey('first', lead()),
				value: expect.any(String),
				subject: subjectOf(lead()),
				expiresAt: Date.parse('2026-11-02T10:00:00.100Z'),
			});
		},
	);

	it('asks again for a field that the kept answer was not asked for', async () => {
		const w = world();
		const cache = w.cache();
		const one = w.provider('first', [...wanted, 'person.city'], nobody);
		await enrich(lead(), order([one]), { ...w, cache });
		await enrich(lead(), order([one], { wanted: ['person.title'] }), { ...w, cache });
		await enrich(lead(), order([one], { wanted: ['person.city'] }), { ...w, cache });
		expect(w.asked).toEqual(['first: person.title person.seniority', 'first: person.city']);
	});

	it('does not remember a failure, nor what is still being looked up', async () => {
		const w = world();
		const cache = w.cache();
		const running: Lookup = { ...nobody, unanswered: ['person.title'] };
		const one = w.provider('first', wanted, down, running, nobody);
		for (let run = 0; run < 4; run += 1) await enrich(lead(), order([one]), { ...w, cache });
		expect(w.asked).toHaveLength(3);
	});

	it('lets two leads of one person at once cost one call', async () => {
		const w = world();
		const cache = w.cache();
		const steps = order([w.provider('first', wanted, nobody)]);
		const both = await Promise.all([1, 2].map(() => enrich(lead(), steps, { ...w, cache })));
		expect(w.asked).toHaveLength(1);
		expect(both.map(({ enrichment }) => enrichment.cached)).toEqual([false, true]);
	});

	it('goes on without a store that is away', async () => {
		const w = world();
		const cache = w.cache(24, () => {
			throw new PipelineError('STORE_UNAVAILABLE', 'no disk');
		});
		const steps = order([w.provider('first', wanted, nobody)]);
		expect((await enrich(lead(), steps, { ...w, cache })).enrichment.status).toBe('unmatched');
		await expect(cache.flush()).resolves.toBeUndefined();
	});

	it('tells two people of one company apart, and shows neither of them in the key', () => {
		const at = (firstName: string) =>
			lead({ identity: { email: undefined }, person: { firstName } } as Parameters<typeof lead>[0]);
		expect(lookupKey('p', at('Dana'))).not.toBe(lookupKey('p', at('Rob')));
		expect(lookupKey('p', lead())).toMatch(/^enrich:v1:p:[0-9a-f]{64}$/);
	});
});
