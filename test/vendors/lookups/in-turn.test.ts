import fc from 'fast-check';
import { PipelineError } from '../../../lib/domain/errors';
import { memoryStore } from '../../../lib/runtime/store/memory';
import type { EmailVerdict, EnrichmentProvider } from '../../../lib/vendors/enrichment/port';
import { keptAnswers } from '../../../lib/vendors/lookups/kept-answers';
import { verifyEmail } from '../../../lib/vendors/lookups/verify-email';
import { ledger, type Step } from '../../../lib/vendors/waterfall';

type Says = EmailVerdict['status'] | 'down' | 'silent';

/** A verifier of the port that says this, for one credit. */
function verifier(id: string, says: Says, asked: string[]): EnrichmentProvider {
	return {
		id,
		title: id,
		credential: `${id}Api`,
		fills: ['identity.emailStatus'],
		pricing: { perHit: 1, currencyPerCredit: 0.01 },
		cannotAsk: () => null,
		lookup: async () => await Promise.reject(new Error('only verifies')),
		emailVerifier: {
			async verify() {
				asked.push(id);
				if (says === 'down')
					throw new PipelineError('UPSTREAM_UNAVAILABLE', 'down', { vendor: id });
				if (says === 'silent') return await new Promise<EmailVerdict>(() => undefined);
				return await Promise.resolve({ status: says, credits: 1 });
			},
		},
	};
}

function scene(says: readonly Says[], { budgetMs = 5_000, timeoutMs = 1_000 } = {}) {
	let now = Date.parse('2026-11-21T09:00:00Z');
	const asked: string[] = [];
	const store = memoryStore(() => now);
	const onTrouble = (error: unknown) => {
		throw error;
	};
	const shared = { store: () => store, now: () => now, onTrouble };
	const steps = says.map((one, place): Step => ({
		provider: verifier(`p${place}`, one, asked),
		fields: [],
		timeoutMs,
	}));
	const world = {
		now: () => now,
		ledger: ledger(shared),
		answers: keptAnswers({ ...shared, maxAgeMs: 86_400_000 }),
		open: () => ({ send: async () => await Promise.reject(new Error('not used')) }),
	};
	const verify = async (credits = 100) =>
		await verifyEmail(
			'dana@northwind.com',
			{ steps, budgetMs, budgets: [{ per: 'run', credits }] },
			world,
		);
	const spent = (id: string) => world.ledger.spent().get(id);
	return { verify, asked, spent, pass: (ms: number) => (now += ms) };
}

describe('verifiers in turn', () => {
	it('ask the next one where one does not know or is down, and stop at the first that is sure', async () => {
		const { verify, asked } = scene(['down', 'unknown', 'accept_all', 'valid']);
		const { verification, failure } = await verify();
		expect(asked).toEqual(['p0', 'p1', 'p2']);
		expect(verification).toMatchObject({
			status: 'accept_all',
			verdict: 'risky',
			provider: 'p2',
			credits: 2,
			cost: 0.02,
		});
		expect(verification.steps.map(({ outcome }) => outcome)).toEqual([
			'failed',
			'hit',
			'hit',
			'skipped',
		]);
		expect(failure).toBeUndefined();
	});

	it('fail only where nobody has answered', async () => {
		const { failure, verification } = await scene(['down', 'down']).verify();
		expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { vendor: 'p1' } });
		expect(verification).toMatchObject({
			status: 'unknown',
			reason: 'No provider could verify it',
		});
	});

	it('are not asked again for a day, unless they did not know', async () => {
		const { verify, asked, pass } = scene(['unknown', 'valid']);
		await verify();
		expect((await verify()).verification).toMatchObject({
			credits: 1,
			steps: [{}, { cached: true }],
		});
		expect(asked).toEqual(['p0', 'p1', 'p0']);
		pass(86_400_000);
		await verify();
		expect(asked.slice(3)).toEqual(['p0', 'p1']);
	});

	it('that were cut off may have charged, and are counted', async () => {
		const { verify, spent } = scene(['silent', 'valid'], { budgetMs: 30, timeoutMs: 20 });
		const { verification } = await verify();
		expect(verification.steps).toMatchObject([
			{ outcome: 'failed', code: 'TIMEOUT', credits: 0, creditsAtRisk: 1 },
			{ outcome: 'hit', credits: 1 },
		]);
		expect(spent('p0')).toEqual({ milliCredits: 1_000, microUsd: 10_000 });
	});

	it('never cost more than the budget, and the sum is that of the steps', async () => {
		const says = fc.constantFrom<Says>('unknown', 'valid', 'down', 'invalid');
		await fc.assert(
			fc.asyncProperty(fc.array(says, { maxLength: 6 }), fc.nat(4), async (all, credits) => {
				const { verify } = scene(all);
				const { verification } = await verify(credits);
				const sum = verification.steps.reduce((total, step) => total + step.credits, 0);
				expect(verification.credits).toBe(sum);
				expect(sum).toBeLessThanOrEqual(credits);
			}),
		);
	});
});
