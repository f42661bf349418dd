import type { Provenance } from '../../../lib/domain/enrichment';
import { enrich, type EnrichmentOrder } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';
import { found, nobody, order, TITLE, world, type Simulated } from './world';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const known = (ageDays: number, now: number, change: Partial<Provenance> = {}) => ({
	'person.title': {
		provider: 'before',
		at: new Date(now - ageDays * DAY_MS).toISOString(),
		cost: 0.3,
		...change,
	},
});
const director = lead({ person: { title: 'Director' } });

async function refresh(how: Simulated, change: (now: number) => Partial<EnrichmentOrder>) {
	const w = world();
	const one = w.provider('one', how);
	const steps = order([one], {
		wanted: TITLE,
		maxAgeMs: { 'person.title': 90 * DAY_MS },
		...change(w.time.now()),
	});
	const { enrichment, facts } = await w.time.run(enrich(director, steps, w.worker()));
	return { enrichment, facts, calls: w.calls.length, now: w.time.now() };
}

describe('refresh', () => {
	const ceo = { answer: () => found({ 'person.title': 'CEO' }) };

	it('asks again for what a provider brought longer ago than the limit, and says from where it is now', async () => {
		const { enrichment, facts, now } = await refresh(ceo, (at) => ({ known: known(91, at) }));
		expect(facts).toEqual({ 'person.title': 'CEO' });
		expect(enrichment).toMatchObject({ status: 'enriched', missing: [] });
		expect(enrichment.fields).toEqual({
			'person.title': { provider: 'one', at: new Date(now).toISOString(), cost: 0.1 },
		});
		expect(enrichment.alternatives).toBeUndefined();
	});

	it('asks nobody for what is young enough, or for what the form said', async () => {
		const young = await refresh(ceo, (at) => ({ known: known(89, at) }));
		expect(young.calls).toBe(0);
		expect(young.enrichment.fields['person.title']).toMatchObject({
			provider: 'before',
			cost: 0.3,
		});
		expect((await refresh(ceo, () => ({}))).calls).toBe(0);
	});

	it('keeps the old value when nobody knows a new one, and says that it is missing', async () => {
		const { enrichment, facts } = await refresh({ answer: () => nobody }, (at) => ({
			known: known(91, at),
		}));
		expect(facts).toEqual({});
		expect(enrichment).toMatchObject({ status: 'unmatched', missing: TITLE });
		expect(enrichment.fields['person.title']).toMatchObject({ provider: 'before' });
	});

	it('does not take an answer from the cache that is as old as the value', async () => {
		const w = world();
		const one = w.provider('one', ceo);
		const run = async (maxAgeHours: number) =>
			await w.time.run(
				enrich(
					lead(),
					order([one], { wanted: TITLE, maxAgeMs: { 'person.title': maxAgeHours * HOUR_MS } }),
					w.worker(),
				),
			);
		await run(2);
		await w.time.pass(HOUR_MS);
		expect((await run(2)).enrichment.cached).toBe(true);
		await w.time.pass(HOUR_MS);
		expect((await run(2)).enrichment.cached).toBe(false);
		expect(w.calls).toHaveLength(2);
	});

	it('carries the provenance of an earlier run along, of fields that are still there', async () => {
		const before = { provider: 'before', at: '2026-10-01T00:00:00.000Z' };
		const w = world();
		const one = w.provider('one', ceo);
		const provenance = { 'person.firstName': before, 'company.phone': before };
		const steps = order([one], { wanted: TITLE, known: provenance });
		const { enrichment } = await w.time.run(enrich(lead(), steps, w.worker()));
		expect(enrichment.fields).toMatchObject({ 'person.firstName': before, 'person.title': {} });
		expect(enrichment.fields).not.toHaveProperty('company.phone');
	});
});

describe('precedence', () => {
	it('lets a provider that is trusted more replace the value of an earlier one in the same run', async () => {
		const w = world();
		const first = w.provider('first', { answer: () => found({ 'person.title': 'Boss' }) });
		const second = w.provider('second', {
			answer: () => found({ 'person.title': 'CEO', 'person.seniority': 'c_suite' }),
			fills: ['person.title', 'person.seniority'],
		});
		const wanted = { wanted: ['person.title', 'person.seniority'] as const };
		const trusted = { ...wanted, precedence: { 'person.title': ['second'] } };
		const run = async (change: Partial<EnrichmentOrder>) =>
			await w.time.run(enrich(lead(), order([first, second], change), w.worker({ cacheMs: 0 })));
		expect((await run(wanted)).facts['person.title']).toBe('Boss');
		const { facts, enrichment } = await run(trusted);
		expect(facts['person.title']).toBe('CEO');
		expect(enrichment.alternatives?.['person.title']).toMatchObject([
			{ value: 'Boss', provider: 'first' },
		]);
	});
});
