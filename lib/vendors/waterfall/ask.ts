import { FREE } from '../../domain/enrichment-cost';
import { FIELD_PATHS, type FieldPath } from '../../domain/enrichment-fields';
import { isPipelineError } from '../../domain/errors';
import { deadline } from '../../runtime/policies/deadline';
import { companyKey, companyOf, keptAs, lookupKey, subjectOf } from '../lookup-cache/key';
import type { Kept } from '../lookup-cache/kept';
import { answerOf, shareCompany } from './answer';
import { isCompany, planOf, type Leg } from './legs';
import type { EnrichmentOrder } from './order';
import { pay, type OneCall } from './pay';
import { endOf, type Answer, type Failure, type StepEnd } from './step-end';
import type { Task } from './task';

/** Asks a provider what a step needs. What it fails with is a failure of the step, except defects. */
export async function askStep(task: Task): Promise<StepEnd> {
	const { step, lead, need, order, world } = task;
	const startedAt = world.now();
	const company = keyOf(task, { part: 'company', wanted: [], query: companyOf(lead) });
	await world.cache.prepare(company ? [company] : []);
	const plan = planOf(step, lead, {
		need,
		companyKept: company !== undefined && kept(task, company),
		companyBeside: order.companyBeside ?? false,
	});
	const ends = await Promise.all(plan.atOnce.map(async (leg) => await askLeg(task, leg)));
	const silent = ends.every((end) => 'error' in end || !knowsCompany(end));
	if (plan.ifNoCompany && silent && !ends.some((end) => 'error' in end)) {
		ends.push(await askLeg(task, plan.ifNoCompany));
	}
	const answers = ends.flatMap((end) => ('error' in end ? [] : [end]));
	const failures = ends.flatMap((end) => ('error' in end ? [end] : []));
	const durationMs = world.now() - startedAt;
	return endOf(step.provider.id, { answers, failures, durationMs, need });
}

const knowsCompany = ({ facts }: Answer) =>
	FIELD_PATHS.some((path) => isCompany(path) && facts[path]);

const kept = ({ need, world, step, order }: Task, key: string) => {
	const wanted = need.filter(
		(path) => isCompany(path) && step.provider.company?.fills.includes(path),
	);
	return world.cache.peek(key, { wanted, ...freshness(wanted, order, world.now()) }) !== undefined;
};

/** A kept answer must be young enough for the field that ages fastest. */
function freshness(wanted: readonly FieldPath[], { maxAgeMs = {} }: EnrichmentOrder, now: number) {
	const limits = wanted.flatMap((path) => maxAgeMs[path] ?? []);
	return limits.length > 0 ? { notBefore: now - Math.min(...limits) } : {};
}

const keyOf = ({ step, lead }: Task, leg: Leg): string | undefined =>
	leg.part === 'person'
		? lookupKey(keptAs(step.provider), lead)
		: step.provider.company && companyKey(keptAs(step.provider), leg.query);

async function askLeg(task: Task, leg: Leg): Promise<Answer | Failure> {
	const { step, lead, order, world, deadlineAt } = task;
	const { now } = world;
	const key = keyOf(task, leg) ?? lookupKey(keptAs(step.provider), lead);
	const subject = leg.part === 'person' ? subjectOf(lead) : undefined;
	const asked = { wanted: leg.wanted, subject, deadlineAt, ...freshness(leg.wanted, order, now()) };
	const call: OneCall = { task, leg, key, atRisk: FREE, job: undefined };
	const within = deadline<{ readonly deadlineAt: number }, Kept & { readonly cached: boolean }>({
		vendor: step.provider.id,
		now,
		...(world.after && { after: world.after }),
	})(async () => await world.cache.find(key, asked, async () => await pay(call)));
	try {
		const answer = await within({ deadlineAt });
		shareCompany(task, leg, answer);
		return answerOf(task, leg, answer);
	} catch (error) {
		if (!isPipelineError(error)) throw error;
		const { job, atRisk } = call;
		return { error, atRisk, ...(job && { job }) };
	}
}
