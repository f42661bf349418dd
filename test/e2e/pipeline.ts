import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Execution, Template } from '../../sandbox/host/rest';
import { collectJourney, type Journey } from '../../sandbox/journey';
import type { LeadSent, LeadToSend } from '../../sandbox/send-lead';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

const DEAD_LETTERS = 'lead_handoff_dead_letters';

const DeadLetter = z.object({
	event_key: z.string(),
	correlation_id: z.string(),
	stage: z.string(),
	code: z.string(),
	message: z.string(),
	retryable: z.boolean(),
	failed_at: z.string(),
	execution_id: z.string(),
	lead: z.string().transform((text): unknown => JSON.parse(text)),
});

export type DeadLetter = z.infer<typeof DeadLetter>;
type Lead = Omit<LeadToSend, 'url' | 'secret'>;

export interface Delivered {
	readonly answer: LeadSent;
	readonly run: Execution;
	/** What the nodes have added to the lead. */
	readonly journey: Journey;
}

export interface Pipeline extends TestHost {
	readonly workflowId: string;
	readonly webhookUrl: string;
	/** As if nothing had ever arrived. For `beforeEach`. */
	forgetAll(): Promise<void>;
	/** Sends one lead and waits until the run that it set off has ended. */
	deliver(lead: Lead): Promise<Delivered>;
	/** Sends them all at once and waits until every run has ended. */
	deliverAtOnce(leads: readonly Lead[]): Promise<Delivered[]>;
	/** Waits until no run is under way. */
	settled(): Promise<void>;
	/** What the Data Table holds; nothing when nothing has failed yet. */
	deadLetters(): Promise<DeadLetter[]>;
}

/** The template of the whole way, published in the shared n8n. For `beforeAll`. */
export async function openPipeline(edit?: (template: Template) => Template): Promise<Pipeline> {
	const host = await openHost();
	const { rest, world } = host;
	const memory = openMemory(host.userFolder);
	const { workflowId, webhookUrl } = await host.importTemplate('01-lead-to-meeting', edit);
	if (webhookUrl === undefined) throw new Error('the template has no webhook');

	const newest = async () => (await rest.executions({ workflowId, limit: 1 }))[0]?.id ?? '0';

	const hasTable = async () => (await rest.dataTables()).some(({ name }) => name === DEAD_LETTERS);

	const deliverAtOnce = async (leads: readonly Lead[]): Promise<Delivered[]> => {
		const after = await newest();
		const answers = await Promise.all(leads.map((lead) => host.sendLead(webhookUrl, lead)));
		const runs = await ended(host, { workflowId, after, count: leads.length });
		return answers.map((answer) => {
			const run = runs.find((candidate) => isRunOf(candidate, answer.eventId));
			if (!run) throw new Error(`no run holds the event ${answer.eventId}`);
			return { answer, run, journey: collectJourney(run.data.resultData.runData) };
		});
	};

	return {
		...host,
		workflowId,
		webhookUrl,
		deliverAtOnce,
		async forgetAll() {
			world.reset();
			memory.forget();
			if (await hasTable()) await rest.deleteDataTable(DEAD_LETTERS);
		},
		async deliver(lead) {
			const [delivered] = await deliverAtOnce([lead]);
			if (!delivered) throw new Error('nothing was sent');
			return delivered;
		},
		async settled() {
			await ended(host, { workflowId, after: await newest(), count: 0 });
		},
		async deadLetters() {
			if (!(await hasTable())) return [];
			return z.array(DeadLetter).parse(await rest.dataTableRows(DEAD_LETTERS));
		},
	};
}

/** The runs that began after `after`, once there are `count` of them and all have ended. */
export async function ended(
	{ rest }: TestHost,
	wanted: { readonly workflowId: string; readonly after: string; readonly count: number },
): Promise<Execution[]> {
	const { workflowId, after, count } = wanted;
	const deadline = Date.now() + 50_000;
	for (;;) {
		const runs = await rest.executions({ workflowId, limit: 100 });
		const ours = runs.filter(({ id }) => Number(id) > Number(after));
		const open = runs.filter(({ status }) => ['new', 'running', 'waiting'].includes(status));
		if (ours.length >= count && open.length === 0) {
			return await Promise.all(ours.map(({ id }) => rest.execution(id)));
		}
		if (Date.now() > deadline) {
			throw new Error(`${ours.length} of ${count} runs began, ${open.length} have not ended`);
		}
		await sleep(100);
	}
}

function isRunOf({ data }: Execution, eventId: string): boolean {
	const [run] = data.resultData.runData['Webhook'] ?? [];
	return JSON.stringify(run?.data?.['main'] ?? '').includes(eventId);
}
