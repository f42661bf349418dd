import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { eventKey, type KeyRecipe } from '../../lib/domain/event-key';
import type { LeadItem } from '../shared/each-item';
import { parameterReader } from '../shared/plain-path';

/** Where a claim lives in the store. */
export const storeKeyOf = (scope: string, key: string) => `claim:v1:${scope}:${key}`;

/** How long an event is remembered where nobody says: equal content may well be meant the next day. */
export const rememberHoursOf = (recipe: KeyRecipe['kind']) => (recipe === 'content' ? 24 : 72);

/** A run of a workflow that was never saved has no id: its claims are its own all the same. */
export function scopeOf(node: IExecuteFunctions, scope: string | undefined): string {
	return scope === 'instance' ? 'instance' : (node.getWorkflow().id ?? 'unsaved');
}

/** Makes the key of each item. Throws `INVALID_INPUT`, `CONFIG_INVALID`. */
export function keyReader(node: IExecuteFunctions) {
	const ownValue = parameterReader(node, 'ownValue');
	return (lead: LeadItem): { readonly key: string; readonly recipe: KeyRecipe } => {
		const recipe = recipeOf(node, lead, ownValue);
		return { key: eventKey(lead.json, recipe), recipe };
	};
}

function recipeOf(
	node: IExecuteFunctions,
	{ json, index }: LeadItem,
	ownValue: ReturnType<typeof parameterReader>,
): KeyRecipe {
	const kind = node.getNodeParameter('recipe', index) as KeyRecipe['kind'];
	switch (kind) {
		case 'custom':
			return { kind, value: String(ownValue(json, index) ?? '') };
		case 'fields': {
			const paths = listOf(node.getNodeParameter('fields', index));
			if (paths.length > 0) return { kind, paths };
			throw new PipelineError('CONFIG_INVALID', "'Fields' is empty: name at least one");
		}
		case 'content': {
			const root = String(node.getNodeParameter('content', index) ?? '').trim();
			const except = listOf(node.getNodeParameter('except', index, ''));
			if (root !== '') return { kind, root, except };
			throw new PipelineError('CONFIG_INVALID', "'Content' is empty: name a field, such as body");
		}
		case 'event-id-and-time':
			return { kind: node.getNodeParameter('ignoreTime', index, false) ? 'event-id' : kind };
		default:
			return { kind };
	}
}

const listOf = (paths: unknown) =>
	String(paths ?? '')
		.split(',')
		.map((path) => path.trim())
		.filter(Boolean);
