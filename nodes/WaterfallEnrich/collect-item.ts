import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Pending } from '../../lib/domain/enrichment';
import { pendingIn } from '../../lib/domain/enrichment-known';
import { PipelineError } from '../../lib/domain/errors';
import { subjectOf } from '../../lib/vendors/lookup-cache';
import { pollJob } from '../../lib/vendors/lookups/poll-job';
import type { LookupJob } from '../../lib/vendors/lookups/started-jobs';
import { takeAnswers } from '../../lib/vendors/lookups/take-answers';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { readGiveUp } from './collect-due';
import { keptOf } from './keep-item';
import { providerNamed } from './read-steps';
import { openProvider, type World } from './world';

const COLLECTED = 0;
const PENDING = 1;
const IGNORED = 2;
const POLL_MS = 30_000;

/** Asks for the jobs that a lead still waits for. It stays Pending until all of them have ended. */
export async function collectItem(
	node: IExecuteFunctions,
	item: LeadItem,
	world: World,
): Promise<Outcome> {
	let json = item.json;
	const notes: string[] = [];
	let repeats = 0;
	const jobs = pendingIn(json['enrichment']).filter(({ jobId }) => jobId !== undefined);
	if (jobs.length === 0) {
		throw new PipelineError('INVALID_INPUT', "'enrichment.pending' of the item names no job");
	}
	for (const pending of jobs) {
		const { received, waits } = await ask(node, { item: { ...item, json }, pending }, world);
		if (waits !== undefined) {
			json = withPending(json, pending, waits);
			continue;
		}
		if (received?.kind === 'collected') {
			json = { ...json, ...(received.item as IDataObject), trace: json['trace'] };
			notes.push(received.note);
			continue;
		}
		repeats += 1;
		json = withPending(json, pending, undefined);
	}
	const left = pendingIn(json['enrichment']).filter(({ jobId }) => jobId !== undefined);
	const output = left.length > 0 ? PENDING : repeats === jobs.length ? IGNORED : COLLECTED;
	const state = ['collected', 'pending', 'ignored'][output] ?? '';
	const pollAfterMs = Math.max(...left.map((one) => one.pollAfterMs ?? 0));
	const lookupJob = { state, by: 'poll', ...(output === PENDING && { pollAfterMs }) };
	return { output, add: { ...json, lookupJob }, note: notes.join('; ') || `async result ${state}` };
}

async function ask(
	node: IExecuteFunctions,
	{ item, pending }: { readonly item: LeadItem; readonly pending: Pending },
	world: World,
) {
	const { provider: id, jobId = '' } = pending;
	const provider = providerNamed(node, id, 'The job');
	const kept = await world.jobs.find({ provider: id, jobId });
	const own = kept?.leads.findIndex((lead) => lead?.correlationId === item.correlationId) ?? -1;
	// Somebody else's lead of the job is not this one.
	const job = kept && own >= 0 ? kept : ownJob(item, { ...pending, jobId });
	const deadlineAt = world.now() + POLL_MS;
	const http = () =>
		openProvider(node, { provider, deadlineAt, correlationId: item.correlationId });
	const giveUpMs = readGiveUp(node, item.index);
	const answer = await pollJob(job, { provider, http, now: world.now(), giveUpMs });
	if (answer.state === 'pending') return { waits: answer.pollAfterMs };
	// What the item has by now is more than what was kept when the job was started.
	const leads = job.leads.map((lead, place) =>
		lead && place === own ? { ...lead, item: keptOf(item.json) } : lead,
	);
	const only = own >= 0 ? own : 0;
	const { lookups } = answer;
	const [received] = await takeAnswers({ ...job, leads }, { provider, lookups, only }, world);
	if (kept && leads.length === 1) await world.jobs.end({ provider: id, jobId });
	return { received };
}

/** Where the store has forgotten the job, the item is the one that waits for it. */
function ownJob(
	{ json, correlationId }: LeadItem,
	{ provider, jobId, fields }: Pending & { readonly jobId: string },
): LookupJob {
	const { enrichedAt } = (json['enrichment'] ?? {}) as { readonly enrichedAt?: string };
	const startedAt = Date.parse(enrichedAt ?? '');
	const waiting = {
		item: keptOf(json),
		correlationId,
		wanted: fields,
		fields: [],
		subject: subjectOf(readLead(json)),
	};
	return {
		provider,
		jobId,
		startedAt: Number.isNaN(startedAt) ? Date.now() : startedAt,
		leads: [waiting],
	};
}

/** The item with the job's next look; undefined: it is not waited for any more. */
function withPending(
	json: IDataObject,
	job: Pending,
	pollAfterMs: number | undefined,
): IDataObject {
	const enrichment = json['enrichment'] as IDataObject;
	const pending = pendingIn(enrichment).flatMap((one) => {
		if (one.provider !== job.provider || one.jobId !== job.jobId) return [one];
		return pollAfterMs === undefined ? [] : [{ ...one, pollAfterMs }];
	});
	return { ...json, enrichment: { ...enrichment, pending } as unknown as IDataObject };
}
