import { PipelineError } from '../../../lib/domain/errors';
import type { FieldPath } from '../../../lib/domain/enrichment-fields';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { apollo } from '../../../lib/vendors/enrichment/apollo';
import { fullenrich } from '../../../lib/vendors/enrichment/fullenrich';
import type { EnrichmentProvider, LaterLookup } from '../../../lib/vendors/enrichment/port';
import { lookupCache } from '../../../lib/vendors/lookup-cache';
import { startLookups, type StartOrder } from '../../../lib/vendors/lookups/start-lookup';
import { startedJobs } from '../../../lib/vendors/lookups/started-jobs';
import { ledger } from '../../../lib/vendors/waterfall';
import { lead } from '../../leads';

const now = () => Date.parse('2026-11-21T09:00:00Z');

/** FullEnrich or Apollo with a server that behaves like this. */
async function start(
	provider: EnrichmentProvider,
	later: Partial<LaterLookup>,
	order: Partial<StartOrder> = {},
) {
	const store = memoryStore(now);
	const shared = {
		store: () => store,
		now,
		onTrouble: (error: unknown) => {
			throw error;
		},
	};
	const jobs = startedJobs(shared);
	const spending = ledger(shared);
	if (!provider.later) throw new Error('answers at once');
	const [result] = await startLookups(
		[{ lead: lead(), item: { lead: lead() }, correlationId: 'c1' }],
		{
			provider: { ...provider, later: { ...provider.later, ...later } },
			wanted: ['identity.phone'],
			fields: [],
			personalAddresses: false,
			budgets: [],
			...order,
		},
		{
			http: { send: async () => await Promise.reject(new Error('not used')) },
			jobs,
			cache: lookupCache({ ...shared, maxAgeMs: 86_400_000 }),
			ledger: spending,
			now,
		},
	);
	return { result, jobs, spent: spending.spent().get(provider.id) };
}

const accepts: LaterLookup['start'] = async () =>
	await Promise.resolve({ jobId: 'job-1', pollAfterMs: 1 });

describe('a background lookup', () => {
	it.each<[string, EnrichmentProvider, readonly FieldPath[], number]>([
		['a phone number of Apollo', apollo, ['identity.phone'], 9],
		['a phone number of FullEnrich', fullenrich, ['identity.phone'], 10],
		['a title of FullEnrich', fullenrich, ['person.title'], 1],
		['both of FullEnrich', fullenrich, ['identity.phone', 'person.title'], 11],
	])('sets aside what %s can cost', async (_, provider, wanted, credits) => {
		const collect: LaterLookup['collect'] = async () =>
			await Promise.resolve({ state: 'pending', pollAfterMs: 1 });
		const { spent } = await start(provider, { start: accepts, collect }, { wanted });
		expect(spent?.milliCredits).toBe(credits * 1_000);
	});

	it('is not started where a budget cannot hold what it may cost', async () => {
		const { result } = await start(
			apollo,
			{ start: accepts },
			{ budgets: [{ per: 'run', credits: 8 }] },
		);
		expect(result).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
	});

	it('has a price where the account says one', async () => {
		const dear = { pricing: { currencyPerCredit: 1 }, budgets: [{ per: 'run', usd: 5 } as const] };
		const { result } = await start(fullenrich, { start: accepts }, dear);
		expect(result).toMatchObject({ code: 'BUDGET_EXHAUSTED' });
	});

	it('that was cut off may be charged, and one that was refused is not', async () => {
		const failing = (code: 'TIMEOUT' | 'QUOTA_EXHAUSTED') => ({
			start: async () => await Promise.reject(new PipelineError(code, 'no')),
		});
		expect((await start(fullenrich, failing('TIMEOUT'))).spent?.milliCredits).toBe(10_000);
		expect((await start(fullenrich, failing('QUOTA_EXHAUSTED'))).spent?.milliCredits).toBe(0);
	});

	it('is remembered though its first poll fails', async () => {
		const collect = async () =>
			await Promise.reject(new PipelineError('UPSTREAM_UNAVAILABLE', 'down'));
		const { result, jobs } = await start(fullenrich, { start: accepts, collect });
		expect(result).toMatchObject({ kind: 'started', jobId: 'job-1' });
		expect(await jobs.find({ provider: 'fullenrich', jobId: 'job-1' })).toBeDefined();
	});
});
