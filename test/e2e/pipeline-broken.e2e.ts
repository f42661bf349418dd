import { randomUUID } from 'node:crypto';
import type { Template } from '../../sandbox/host/rest';
import { ended, openPipeline, type Pipeline } from './pipeline';

const email = 'dana.whitfield@northwind-analytics.com';

describe('a run that breaks altogether', () => {
	let pipeline: Pipeline;

	beforeAll(async () => {
		pipeline = await openPipeline(breaking);
	});

	beforeEach(() => pipeline.forgetAll());

	it('starts the same workflow at its error trigger, which keeps the failure', async () => {
		const lead = { persona: 'perfect', eventId: randomUUID() };
		const { answer, run } = await pipeline.deliver(lead);
		expect(answer.status).toBe(202);
		expect(run.status).toBe('error');

		const { workflowId } = pipeline;
		await ended(pipeline, { workflowId, after: run.id, count: 1 });
		expect(await pipeline.deadLetters()).toMatchObject([
			{
				stage: 'Break',
				code: 'INTERNAL',
				message: expect.stringContaining('nobody expected this'),
				execution_id: run.id,
			},
		]);
		// The run that the letter names holds the lead.
		expect(JSON.stringify(run.data.resultData.runData['Webhook'])).toContain(email);
	});
});

/** The template with a node that fails and has no error output, as a workflow of its own. */
const breaking = ({ nodes, connections, ...template }: Template): Template => ({
	...template,
	name: 'Lead to Meeting, breaking',
	nodes: [
		...nodes.map((node) =>
			node.name === 'Webhook'
				? {
						...node,
						webhookId: randomUUID(),
						parameters: { ...node.parameters, path: 'lead-handoff-breaking' },
					}
				: node,
		),
		{
			id: 'break',
			name: 'Break',
			type: 'n8n-nodes-base.stopAndError',
			typeVersion: 1,
			position: [0, 0],
			parameters: { errorMessage: 'nobody expected this' },
		},
	],
	connections: {
		...connections,
		'202 Accepted': { main: [[{ node: 'Break', type: 'main', index: 0 }]] },
	},
});
