import { z } from 'zod';
import type { Execution, Template } from '../../sandbox/host/rest';
import type { TestHost } from './world';

type Node = Template['nodes'][number];

/** An item as a node put it out. */
const Item = z.object({
	json: z.record(z.string(), z.unknown()),
	pairedItem: z.unknown().transform((value) => {
		const [first] = [value].flat();
		return z.object({ item: z.number() }).safeParse(first).data?.item;
	}),
});

export type Item = z.infer<typeof Item>;

export interface ChainRun {
	readonly status: string;
	/** What stopped the run. */
	readonly error: string | undefined;
	/** The items on each output of a node; the error output is the last. */
	outputs(node: string): Item[][];
}

/** Runs the nodes one after the other, each on what comes out of the first output of the one before. */
export async function runChain(
	host: TestHost,
	items: ReadonlyArray<Record<string, unknown>>,
	nodes: readonly Node[],
): Promise<ChainRun> {
	const { workflowId } = await host.importWorkflow(chainOf(items, nodes));
	const id = await host.rest.runWorkflow(workflowId, 'Start');
	const execution = await host.rest.waitForExecution({ id });
	return {
		status: execution.status,
		error: execution.data.resultData.error?.message,
		outputs: (node) => outputsOf(execution, node),
	};
}

function outputsOf({ data }: Execution, node: string): Item[][] {
	const [run] = data.resultData.runData[node] ?? [];
	return (run?.data?.['main'] ?? []).map((output) => z.array(Item).parse(output ?? []));
}

function chainOf(items: ReadonlyArray<Record<string, unknown>>, tested: readonly Node[]): Template {
	const nodes = [
		core('Start', 'manualTrigger', 1, {}),
		core('Make', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ items }) }),
		core('Items', 'splitOut', 1, { fieldToSplitOut: 'items' }),
		...tested,
	].map((node, index) => ({ ...node, id: `node-${index}`, position: [index * 200, 0] }));
	const links = nodes.slice(1).map((next, index) => {
		const to = [{ node: next.name, type: 'main', index: 0 }];
		return [nodes[index]?.name, { main: [to] }] as const;
	});
	return {
		name: 'A chain under test',
		nodes,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

const core = (name: string, type: string, typeVersion: number, parameters: object): Node => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters: { ...parameters },
});
