import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isPipelineError } from '../../lib/domain/errors';
import { pollJob, type Polled } from '../../lib/vendors/lookups/poll-job';
import type { JobName } from '../../lib/vendors/lookups/started-jobs';
import { takeAnswers } from '../../lib/vendors/lookups/take-answers';
import type { Outcome } from '../shared/each-item';
import { outcomesOf } from './collect-callback';
import { providerNamed } from './read-steps';
import { amount } from './read-value';
import { openProvider, type World } from './world';

const PENDING = 1;
const POLL_MS = 30_000;
/** A job that a person has to mend something for is looked at again then. */
const BROKEN_MS = 10 * 60_000;
const BUSY_MS = 2 * 60_000;
const HOUR_MS = 3_600_000;

/** Asks for every job whose time has come, whoever started it: also for callbacks that never came. */
export async function collectDue(node: IExecuteFunctions, world: World): Promise<Outcome[]> {
	const limit = Number(node.getNodeParameter('jobLimit', 0, 50));
	const due = await world.jobs.takeDue(Math.max(1, limit));
	const outcomes = await Promise.all(due.map(async (name) => await collectOne(node, name, world)));
	return outcomes.flat();
}

export const readGiveUp = (node: IExecuteFunctions, index: number) =>
	(amount(node.getNodeParameter('giveUpHours', index, 24), 'Give Up After') ?? 24) * HOUR_MS;

/** One job that fails must not take the results of the others with it. */
async function collectOne(node: IExecuteFunctions, due: JobName, world: World): Promise<Outcome[]> {
	const name = { provider: due.provider, jobId: due.jobId };
	const again = async (pollAfterMs: number, why: IDataObject) => {
		await world.jobs.askLater(name, pollAfterMs);
		return [pending({ ...name, pollAfterMs, ...why })];
	};
	const answer = await ask(node, name, world).catch((error: unknown) => {
		if (isPipelineError(error)) return error;
		throw error;
	});
	if (isPipelineError(answer)) {
		const { code, message, help } = answer;
		return await again(BROKEN_MS, { state: 'failed', code, reason: message, help });
	}
	if (answer.state === 'done') return [...answer.outcomes];
	const { pollAfterMs, reason } = answer;
	return await again(pollAfterMs, { state: 'pending', ...(reason && { reason }) });
}

type Answered =
	| { readonly state: 'done'; readonly outcomes: readonly Outcome[] }
	| Extract<Polled, { state: 'pending' }>;

async function ask(node: IExecuteFunctions, name: JobName, world: World): Promise<Answered> {
	const job = await world.jobs.find(name);
	if (!job) {
		await world.jobs.end(name);
		return { state: 'done', outcomes: [] };
	}
	const provider = providerNamed(node, name.provider, 'The job');
	const deadlineAt = world.now() + POLL_MS;
	const http = () => openProvider(node, { provider, deadlineAt });
	const giveUpMs = readGiveUp(node, 0);
	const answer = await pollJob(job, { provider, http, now: world.now(), giveUpMs });
	if (answer.state === 'pending') return answer;
	const received = await takeAnswers(job, { provider, lookups: answer.lookups }, world);
	// Whoever is at it may yet die over it.
	const busy = received.some(({ kind }) => kind === 'busy');
	await (busy ? world.jobs.askLater(name, BUSY_MS) : world.jobs.end(name));
	const fresh = received.some(({ kind }) => kind === 'collected');
	return { state: 'done', outcomes: fresh ? outcomesOf(received, { ...name, by: 'poll' }) : [] };
}

const pending = (job: IDataObject): Outcome => ({
	output: PENDING,
	add: { lookupJob: job },
	note: `job ${String(job['jobId'])} of ${String(job['provider'])} is ${String(job['state'])}`,
	another: true,
});
