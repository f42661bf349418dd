import { enrichmentBar } from '../../domain/enrichment';
import type { Lead } from '../../domain/lead';
import type { StartedJob } from '../enrichment/port';
import { askStep } from './ask';
import { creditsAtMost, whyNot } from './legs';
import type { Purse } from './ledger';
import type { Enriched, EnrichmentOrder, EnrichmentWorld, Step } from './order';
import { progressOf, type Progress } from './progress';
import { reportOf } from './report';
import { runningSteps, type RunningSteps } from './running';
import { sequenceOf, type Placed } from './sequence';
import { skippedEnd, unawaitedEnd, type Skip } from './step-end';
import { timer } from './timer';

/**
 * Asks providers for what a lead is missing, each only for what is still missing, until nothing is or
 * the time is up. One after the other, or the next beside one that is slow; a provider that fails is a
 * step that failed, and the next one is asked all the same.
 */
export async function enrich(
	lead: Lead,
	order: EnrichmentOrder,
	world: EnrichmentWorld,
): Promise<Enriched> {
	const startedAt = world.now();
	const bar = enrichmentBar(lead, order);
	const { steps, explained } = sequenceOf(lead, order, world);
	const run = openRun(lead, order, world);
	if (bar === null) await takeSteps(run, steps);
	else steps.forEach((placed) => skip(run, placed, bar));
	const { progress } = run;
	leaveRunning(run);
	return reportOf({
		order,
		merged: progress.merged(),
		missing: progress.missing(),
		ends: steps.flatMap(({ rank }) => progress.endOf(rank) ?? []),
		bar,
		durationMs: world.now() - startedAt,
		now: world.now(),
		explained,
	});
}

interface Run {
	readonly order: EnrichmentOrder;
	readonly world: EnrichmentWorld;
	/** Epoch ms. */
	readonly startedAt: number;
	readonly progress: Progress;
	readonly running: RunningSteps;
	readonly purse: Purse;
}

function openRun(lead: Lead, order: EnrichmentOrder, world: EnrichmentWorld): Run {
	const { now, after = timer } = world;
	const startedAt = now();
	const progress = progressOf(lead, order, startedAt);
	// A step is cut off with the lead unless it may finish late: then it is the lead that leaves.
	const leaveAt = order.finishLate ? startedAt + order.budgetMs : Infinity;
	const isOver = () => progress.missing().length === 0 || now() >= leaveAt;
	const { hedgeAfterMs } = order;
	const running = runningSteps({ now, after, hedgeAfterMs, isOver, leaveAt });
	return { order, world, startedAt, progress, running, purse: new Map() };
}

async function takeSteps(run: Run, steps: readonly Placed[]) {
	const { running } = run;
	for (const placed of steps) {
		while (await running.wait(running.hedgeAt()));
		let why = whySkip(run, placed.step);
		// What is still running may bring what this provider needs to be asked.
		while (why?.forNow && (await running.wait(Infinity))) why = whySkip(run, placed.step);
		if (why) skip(run, placed, why.skip);
		else start(run, placed);
	}
	while (await running.wait(Infinity));
}

interface Why {
	readonly skip: Skip;
	/** It depends on what the lead lacks now. */
	readonly forNow?: boolean;
}

function whySkip({ progress, order, world, startedAt }: Run, step: Step): Why | null {
	if (progress.missing().length === 0) return { skip: 'Nothing that is wanted is missing' };
	if (step.skip) return { skip: step.skip };
	const need = progress.needOf(step);
	if (need.length === 0) return { skip: 'It cannot fill what is missing' };
	const cannot = whyNot(step.provider, progress.lead(), need);
	if (cannot) return { skip: cannot, forNow: true };
	const late = whyLate(order, world.now() - startedAt);
	return late === null ? null : { skip: { reason: late, code: 'TIMEOUT' } };
}

function whyLate({ budgetMs, startBeforeMs = Infinity }: EnrichmentOrder, elapsedMs: number) {
	if (elapsedMs >= budgetMs) return `The ${budgetMs} ms for this lead were used up`;
	if (elapsedMs >= startBeforeMs) return `No provider is started after ${startBeforeMs} ms`;
	return null;
}

function skip({ progress }: Run, { step, rank }: Placed, why: Skip) {
	progress.end(rank, skippedEnd(step.provider.id, why, progress.needOf(step)));
}

function start(run: Run, placed: Placed) {
	const { order, world, progress, running, purse } = run;
	const { step, rank } = placed;
	const startedAt = world.now();
	const until = startedAt + step.timeoutMs;
	const deadlineAt = order.finishLate ? until : Math.min(until, run.startedAt + order.budgetMs);
	const need = progress.needOf(step);
	let job: StartedJob | undefined;
	const work = askStep({
		step,
		rank,
		lead: progress.lead(),
		need,
		order,
		world,
		purse,
		deadlineAt,
		first: progress.untouched() && running.all().length === 0,
		http: world.open(step.provider, deadlineAt),
		onJob: (started) => (job = started),
	});
	running.start(
		{ placed, need, startedAt, job: () => job },
		work.then((how) => progress.end(rank, how)),
	);
}

/** Nobody waits for them any more: what they bring is remembered for the next time. */
function leaveRunning({ running, progress, world }: Run) {
	const missing = progress.missing();
	for (const { placed, need, startedAt, job } of running.all()) {
		const { step, rank } = placed;
		const held = creditsAtMost(step, { part: 'person', wanted: need });
		const durationMs = world.now() - startedAt;
		const left = { durationMs, need, missing, job: job(), held };
		progress.end(rank, unawaitedEnd(step.provider.id, left));
	}
}
