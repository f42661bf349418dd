import { z } from 'zod';
import type { VendorCall } from './calls';
import { collectFailures, collectJourney } from './journey';
import type { Execution, N8nRest } from './host/rest';
import { sendLead } from './send-lead';
import { renderTimeline, type SlackMessage } from './timeline';
import type { World } from './world';

export interface ShowLead {
	readonly rest: N8nRest;
	readonly world: Pick<World, 'calls'>;
	readonly workflowId: string;
	readonly webhookUrl: string;
	readonly secret: string;
	readonly persona: string;
}

const Posted = z.looseObject({ channel: z.string(), text: z.string() });

/** Sends one lead and prints its way; true when a meeting stands at its end. */
export async function showLead(options: ShowLead): Promise<boolean> {
	const { rest, world, workflowId, webhookUrl, secret, persona } = options;
	const [before] = await rest.executions({ workflowId, limit: 1 });
	const formAt = new Date().toISOString();
	const sent = await sendLead({ url: webhookUrl, secret, persona });
	console.log(
		`\nSent the form of "${persona}": HTTP ${sent.status} after ${Math.round(sent.ms)} ms\n`,
	);
	const execution = await rest.waitForExecution({
		workflowId,
		...(before ? { after: before.id } : {}),
	});
	const { runData } = execution.data.resultData;
	const journey = collectJourney(runData);
	const slack = posted(world.calls({ vendor: 'slack', since: formAt }));
	console.log(renderTimeline(journey, { formAt, slack }));
	console.log(`\nExecution: ${rest.url}/workflow/${workflowId}/executions/${execution.id}`);

	const booked = journey.meeting?.outcome === 'booked';
	if (!booked) console.error(`\nNo meeting was booked. ${reasons(execution)}`);
	return booked;
}

function posted(calls: readonly VendorCall[]): SlackMessage | undefined {
	const call = calls.findLast(({ path, status }) => path.includes('postMessage') && status === 200);
	const message = Posted.safeParse(call?.body).data;
	return call && message && { channel: message.channel, text: message.text, at: call.at };
}

function reasons({ status, data }: Execution): string {
	const { runData, error, lastNodeExecuted } = data.resultData;
	const failures = collectFailures(runData).map(({ node, message }) => `${node}: ${message}`);
	if (failures.length > 0) return failures.join('\n');
	if (error) return `${error.node?.name ?? lastNodeExecuted ?? 'n8n'}: ${error.message}`;
	return `The execution ended with ${status} at "${lastNodeExecuted ?? 'no node'}".`;
}
