import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { enrichment } from '../../lib/vendors/enrichment';
import { takeAnswers, type Received } from '../../lib/vendors/lookups/take-answers';
import type { LeadItem, Outcome } from '../shared/each-item';
import { ownAccount } from './own-account';
import type { World } from './world';

const COLLECTED = 0;
const IGNORED = 2;
const RAW_BODY = 'data';

/**
 * Takes in a provider's callback. Callbacks may be unsigned and may repeat: only a job that was started
 * here has leads, and each answer of it counts once.
 */
export async function collectCallback(
	node: IExecuteFunctions,
	item: LeadItem,
	world: World,
): Promise<Outcome[]> {
	const bodies = await readBodies(node, item);
	const providers = enrichment.map((one) => ownAccount(node, one));
	for (const provider of providers) {
		const [callback] = bodies.flatMap((body) => provider.later?.readCallback?.(body) ?? []);
		if (!callback) continue;
		const { jobId, lookups } = callback;
		const name = { provider: provider.id, jobId };
		if (provider.later?.signsCallbacks && !isVerified(item)) {
			return [ignored(unsigned(provider.title), name)];
		}
		const job = await world.jobs.find(name);
		if (!job) return [ignored('No job of this name was started here', name)];
		const received = await takeAnswers(job, { provider, lookups }, world);
		// Leads that wait for another's answer have none of their own.
		const own = job.leads.filter((lead) => lead?.answerAt === undefined).length;
		const left = lookups.length < own || received.some(({ kind }) => kind === 'busy');
		if (!left) await world.jobs.end(name);
		return outcomesOf(received, { ...name, by: 'callback' });
	}
	return [ignored('This is no callback of a provider that answers later')];
}

/** By a Webhook Verifier before this node: what a caller sends stands under `body`. */
const isVerified = ({ json }: LeadItem) =>
	(json['verification'] as { readonly ok?: unknown } | undefined)?.ok === true;

const unsigned = (title: string) =>
	`${title} signs its callbacks, and nobody has verified this one: put a Webhook Verifier before this node. The job is still asked for when it is due`;

/**
 * As a text first, where the bytes were kept or the text is the body: JavaScript cannot hold the
 * numbers of some job ids. Then as JSON.
 */
async function readBodies(node: IExecuteFunctions, { item, index }: LeadItem): Promise<unknown[]> {
	const body: unknown = item.binary?.[RAW_BODY]
		? (await node.helpers.getBinaryDataBuffer(index, RAW_BODY)).toString('utf8')
		: node.getNodeParameter('callbackBody', index, undefined);
	return typeof body === 'string' ? [body, parsed(body)] : [body];
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** One outcome for each lead of the job; what was taken in before is ignored. */
export function outcomesOf(received: readonly Received[], job: IDataObject): Outcome[] {
	const collected = received.flatMap((one): Outcome[] =>
		one.kind === 'collected'
			? [
					{
						output: COLLECTED,
						add: { ...(one.item as IDataObject), lookupJob: { ...job, state: 'collected' } },
						note: one.note,
						another: true,
						binary: false,
					},
				]
			: [],
	);
	if (collected.length > 0) return collected;
	const repeat = received.some(({ kind }) => kind === 'repeat' || kind === 'busy');
	return [ignored(repeat ? 'This answer was taken in before' : 'Its leads were erased', job)];
}

const ignored = (reason: string, job: IDataObject = {}): Outcome => ({
	output: IGNORED,
	add: { lookupJob: { ...job, state: 'ignored', reason } },
	note: `ignored: ${reason}`,
});
