import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { knownFields, pendingIn } from '../../lib/domain/enrichment-known';
import { isPipelineError, PipelineError } from '../../lib/domain/errors';
import type { Lead } from '../../lib/domain/lead';
import type { Http } from '../../lib/runtime/http';
import {
	startLookups,
	type Applicant,
	type Started,
	type StartOrder,
} from '../../lib/vendors/lookups/start-lookup';
import { takeAnswers } from '../../lib/vendors/lookups/take-answers';
import { missingOf, withFacts } from '../../lib/domain/enrichment-fields';
import { enrich, noteOf } from '../../lib/vendors/waterfall';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { attempt } from '../CrmUpsert/attempt';
import { keptOf } from './keep-item';
import { readBudgets, readWanted } from './read-order';
import { providerNamed, readPricing } from './read-steps';
import { invalid, readOptions } from './read-value';
import { openProvider, type World } from './world';

const STARTED = 0;
const NOT_STARTED = 1;
const STEP_MS = 60_000;

/** Gives all items to a provider that answers later, several in a job. The settings are the first item's. */
export async function startLookup(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
	world: World,
): Promise<Array<Outcome | Error>> {
	const provider = providerNamed(node, node.getNodeParameter('laterProvider', 0, ''), "'Provider'");
	const ticked = node.getNodeParameter('providers', 0, []) as string[];
	if (!ticked.includes(provider.id)) invalid(`${provider.title} is not ticked in 'Providers'`);
	const callbackUrl = String(node.getNodeParameter('callbackUrl', 0, '') ?? '').trim();
	if (!callbackUrl && !provider.later?.collect) {
		invalid(`${provider.title} can only call back: set 'Callback URL'`);
	}
	const wanted = readWanted(node, 0);
	const options = readOptions(node, 0);
	const pricing = readPricing(options, { provider });
	const order = {
		provider,
		wanted,
		fields: [],
		budgets: readBudgets(node, 0),
		personalAddresses: options.personalAddresses ?? false,
		...(pricing && { pricing }),
		...(callbackUrl && { callbackUrl }),
	};
	const http = openProvider(node, { provider, deadlineAt: world.now() + STEP_MS });
	const applicants = leads.map(applicantOf);
	const readable = applicants.flatMap((one) => (one instanceof Error ? [] : [one]));
	const results = (await startLookups(readable, order, { ...world, http })).values();
	return await Promise.all(
		applicants.map(async (one) => {
			if (one instanceof Error) return one;
			const result = results.next().value;
			return result === undefined || isPipelineError(result)
				? (result ?? new Error('The node gave no result for this item'))
				: await outcomeOf(one, { result, order }, world);
		}),
	);
}

/** A lead that cannot be read fails alone. */
function applicantOf({ json, correlationId }: LeadItem): Applicant | Error {
	const lead = attempt(() => readLead(json));
	return lead instanceof Error ? lead : { lead, item: keptOf(json), correlationId };
}

async function outcomeOf(
	{ item, lead, ...rest }: Applicant,
	{ result, order }: { readonly result: Started; readonly order: StartOrder },
	world: World,
): Promise<Outcome> {
	const { provider, wanted } = order;
	if (result.kind === 'not-started') {
		const lookupJob = { provider: provider.id, state: 'not-started', reason: result.reason };
		return { output: NOT_STARTED, add: { lookupJob }, note: `not started: ${result.reason}` };
	}
	if (result.kind === 'known') return await fromKept({ item, lead, ...rest }, order, world);
	if (result.kind === 'answered') {
		const { job, lookups, place } = result;
		// Nobody else can have this answer: the job was never made known.
		const jobs = {
			...world.jobs,
			isNew: async () => await Promise.resolve(true),
			update: async () => await Promise.resolve(),
		};
		const [taken] = await takeAnswers(job, { provider, lookups, only: place }, { ...world, jobs });
		const add = taken?.kind === 'collected' ? (taken.item as IDataObject) : {};
		const lookupJob = { provider: provider.id, state: 'answered' };
		return {
			output: NOT_STARTED,
			add: { ...add, lookupJob },
			note: `${provider.id} answered at once`,
		};
	}
	const { jobId, pollAfterMs } = result;
	const before = item['enrichment'] as IDataObject | undefined;
	const others = pendingIn(before).filter((one) => one.provider !== provider.id);
	const fields = missingOf(lead, wanted);
	const pending = [
		...others,
		{ provider: provider.id, fields, state: 'running', jobId, pollAfterMs },
	];
	return {
		output: STARTED,
		add: {
			enrichment: { ...before, pending },
			lookupJob: { provider: provider.id, jobId, state: 'pending', pollAfterMs },
		},
		note: `${provider.id} has been given job ${jobId}`,
	};
}

/** The answer that is kept, put into the lead as a step of Enrich Lead would. */
async function fromKept(
	{ item, lead }: Applicant,
	{ provider, wanted, fields, personalAddresses }: StartOrder,
	world: World,
): Promise<Outcome> {
	const order = {
		steps: [{ provider, fields, timeoutMs: STEP_MS }],
		wanted,
		budgetMs: STEP_MS,
		onlyWanted: false,
		personalAddresses,
		known: knownFields(item['enrichment']),
	};
	const open = () => NO_HTTP;
	const { enrichment, facts } = await enrich(lead, order, { ...world, open });
	return {
		output: NOT_STARTED,
		add: {
			lead: withFacts(item['lead'] as Lead, facts) as unknown as IDataObject,
			enrichment: enrichment as unknown as IDataObject,
			lookupJob: { provider: provider.id, state: 'known' },
		},
		note: noteOf(enrichment),
	};
}

/** What is kept is not asked for. */
const NO_HTTP: Http = {
	send: async () =>
		await Promise.reject(new PipelineError('TIMEOUT', 'The kept answer is too old')),
};
