import type { Cost } from '../../domain/enrichment-cost';
import { outOfTime } from '../../runtime/policies/deadline';
import type { Lookup, StartedJob } from '../enrichment/port';
import { subjectOf } from '../lookup-cache/key';
import { charged } from './charged';
import { segmentOf } from './health';
import { askLater } from './later';
import { creditsAtMost, priceOf, type Leg } from './legs';
import type { Task } from './task';
import { timer } from './timer';

/** One question that nobody has answered yet. */
export interface OneCall {
	readonly task: Task;
	readonly leg: Leg;
	readonly key: string;
	/** Set while the provider has the question: it may charge although we stop listening. */
	atRisk: Cost;
	job: StartedJob | undefined;
}

/** The answer to a question that nobody has answered yet, paid for. */
export async function pay(call: OneCall): Promise<Lookup> {
	const { task, leg } = call;
	const { step, order, world, purse, lead, first, deadlineAt } = task;
	// Whoever waited for another worker's answer may have no time left to ask: nothing is set aside then.
	if (world.now() >= deadlineAt) throw outOfTime(step.provider.id);
	const { currencyPerCredit } = priceOf(step);
	return await charged<Lookup>(
		world,
		{
			provider: step.provider.id,
			creditsAtMost: creditsAtMost(step, leg),
			usdPerCredit: currencyPerCredit,
			budgets: order.budgets ?? [],
			purse,
			...(first && { segment: segmentOf(lead) }),
			isMatch: ({ kind }) => kind === 'found',
			onRisk: (cost) => (call.atRisk = cost),
			goesOn: () => call.job !== undefined,
		},
		async () => await questionOf(call),
	);
}

async function questionOf(call: OneCall): Promise<Lookup> {
	const { task, leg, key } = call;
	const { step, lead, world, deadlineAt, http } = task;
	const { provider } = step;
	if (leg.part === 'company' && provider.company) {
		if (!world.bulk) return await provider.company.lookup(leg.query, http);
		return await world.bulk.askCompany(provider, { query: leg.query, deadlineAt });
	}
	if (provider.later?.instead) {
		const { cache, now, after = timer } = world;
		const onJob = (job: StartedJob | undefined) => {
			call.job = job;
			task.onJob(job);
		};
		const whom = { vendor: provider.id, key, subject: subjectOf(lead), lead, wanted: leg.wanted };
		const limits = { deadlineAt, now, after };
		return await askLater(provider.later, { ...whom, ...limits, http, cache, onJob });
	}
	const question = { lead, wanted: leg.wanted, deadlineAt };
	if (provider.bulk && world.bulk) return await world.bulk.ask(provider, question);
	return await provider.lookup(lead, http, leg.wanted);
}
