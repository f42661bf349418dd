import type { Template } from '../sandbox/host/rest';

export type Node = Template['nodes'][number];

/** A node of n8n's own. */
export const core = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
): Node => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters: { ...parameters },
});

export const to = (...names: string[]) => ({
	main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
});

/** Makes items of an expression for `{ items: […] }`, beside the nodes that get them, each in a row. */
export function placedFork(items: string, nodes: readonly Node[]) {
	const makers = [
		core('Start', 'manualTrigger', 1, {}),
		core('Make', 'set', 3.4, { mode: 'raw', jsonOutput: items }),
		core('Items', 'splitOut', 1, { fieldToSplitOut: 'items' }),
	];
	// n8n runs the branches of a fork from the top to the bottom.
	return [
		...makers.map((node, column) => ({ ...node, position: [column * 200, 0] })),
		...nodes.map((node, row) => ({ ...node, position: [600, row * 200] })),
	].map((node, index) => ({ ...node, id: `node-${index}` }));
}

export const MADE = { Start: to('Make'), Make: to('Items') };
