import { isPipelineError } from '../../lib/domain/errors';
import type { Lookup } from '../../lib/vendors/enrichment/port';
import type { VendorCallback } from '../../sandbox/vendors/port';
import { expectFound, expectPaid } from './enrichment-answers.contract';
import { useDesk } from './enrichment-desk';
import type { EnrichmentSuite } from './enrichment.contract';

/** Answers that come minutes later, by a poll or by a callback. */
export function laterContract(suite: EnrichmentSuite) {
	const { later: verbs, fills } = suite.provider;
	const { later: expected } = suite;
	if (!verbs || !expected) return;
	const { found, partial, nobody, callbackUrl } = expected;
	const answers = (lookups: ReadonlyArray<Lookup | Error>, at: number) => {
		const answer = lookups[at];
		if (!answer || answer instanceof Error) throw answer ?? new Error(`No answer ${at}`);
		return answer;
	};
	const expectAll = (lookups: ReadonlyArray<Lookup | Error>, paid: number | undefined) => {
		expect(lookups).toHaveLength(partial ? 3 : 2);
		expect(answers(lookups, 0)).toMatchObject({ kind: 'no-match', credits: nobody.credits ?? 0 });
		expectFound(answers(lookups, 1), found, fills);
		if (partial) expectFound(answers(lookups, 2), partial, fills);
		expectPaid(paid, found.credits + (partial?.credits ?? 0) + (nobody.credits ?? 0));
	};
	const leads = [nobody.lead, found.lead, ...(partial ? [partial.lead] : [])];
	/** One job, or one a lead where the vendor takes no more. */
	const jobs = verbs.size < leads.length ? leads.map((lead) => [lead]) : [leads];

	describe('later', () => {
		const desk = useDesk(suite);
		const { collect, readCallback } = verbs;

		if (collect) {
			it('is pending first, and then answers in the order of the leads', async () => {
				const before = desk.credits() ?? 0;
				const http = desk.http();
				const ids: string[] = [];
				for (const job of jobs) {
					const { jobId, pollAfterMs } = await verbs.start(job, http, callbackUrl);
					expect(jobId).toMatch(/\S/);
					expect(pollAfterMs).toBeGreaterThan(0);
					const early = await collect(jobId, http);
					const atOnce = expected.nobodyAtOnce && job[0] === nobody.lead;
					expect(early).toMatchObject(
						atOnce ? { state: 'done' } : { state: 'pending', pollAfterMs: expect.any(Number) },
					);
					ids.push(jobId);
				}
				desk.pass(expected.readyMs);
				const collected = async () => {
					const all = await Promise.all(ids.map((jobId) => collect(jobId, http)));
					return all.flatMap((answer) => (answer.state === 'done' ? answer.lookups : []));
				};
				const lookups = await collected();
				const after = desk.credits();
				expectAll(lookups, after === undefined ? undefined : before - after);
				// Asked a second time it costs nothing.
				expect(await collected()).toEqual(lookups);
				expect(desk.credits()).toBe(after);
			});

			it('does not make up an answer for a job that it does not know', async () => {
				const asked = collect('00000000-0000-4000-8000-000000000000', desk.http());
				const answer = await asked.catch((error: unknown) => error);
				if (expected.unknownJob === 'pending') expect(answer).toMatchObject({ state: 'pending' });
				else expect(isPipelineError(answer) && answer.code).toBe('INVALID_INPUT');
			});
		}

		it('does not ask about a lead without anything to go by', () => {
			const { cannotAsk } = suite.provider;
			expect(cannotAsk({ ...found.lead, ...NOTHING })).toMatch(/\w+ \w+/);
			expect(cannotAsk(found.lead)).toBeNull();
		});

		it('takes as many leads as it says', async () => {
			const many = Array.from({ length: verbs.size }, () => nobody.lead);
			await verbs.start(many, desk.http(), 'https://n8n.example.com/webhook/later');
			expect(desk.server.requests.length).toBeGreaterThan(0);
		});

		if (readCallback && expected.callsBack) {
			it('reads what the vendor calls back with, and the same a second time', async () => {
				const url = 'https://n8n.example.com/webhook/later?for=enrichment';
				const ids: string[] = [];
				for (const job of jobs) ids.push((await verbs.start(job, desk.http(), url)).jobId);
				desk.pass(expected.readyMs);
				const callbacks: readonly VendorCallback[] = desk.vendor.callbacks?.() ?? [];
				expect(callbacks.map((one) => one.url)).toEqual(jobs.map(() => url));
				const bodies = callbacks.map(({ body }) => JSON.parse(body) as unknown);
				const read = bodies.map((body) => readCallback(body));
				expect(read.map((one) => one?.jobId)).toEqual(ids);
				expectAll(
					read.flatMap((one) => one?.lookups ?? []),
					undefined,
				);
				expect(bodies.map((body) => readCallback(body))).toEqual(read);
				// Taken once, they are not due again.
				expect(desk.vendor.callbacks?.()).toEqual([]);
			});

			it.each([[null], ['text'], [[]], [{}], [{ id: 7 }], [{ data: 'x' }], [{ jobId: '' }]])(
				'does not take %j for a callback',
				(body) => {
					expect(readCallback(body)).toBeNull();
				},
			);
		}
	});
}

const NOTHING = { identity: { externalIds: {} }, person: {}, company: {} };
