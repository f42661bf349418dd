import type { IExecuteFunctions } from 'n8n-workflow';
import type { LeadItem, Outcome } from '../shared/each-item';
import { collectCallback } from './collect-callback';
import { collectDue } from './collect-due';
import { collectItem } from './collect-item';
import { invalid } from './read-value';
import type { World } from './world';

/** Takes in what providers answer later. Jobs that are due are nobody's item: they come with the first. */
export async function collect(
	node: IExecuteFunctions,
	item: LeadItem,
	world: World,
): Promise<Outcome | Outcome[]> {
	const by = String(node.getNodeParameter('collectBy', item.index, 'callback'));
	if (by === 'callback') return await collectCallback(node, item, world);
	if (by === 'item') return await collectItem(node, item, world);
	if (by === 'due') return item.index === 0 ? await collectDue(node, world) : [];
	return invalid(`There is no way '${by}' for a result to come`);
}
