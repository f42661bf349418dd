import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { eventKey, type KeyRecipe } from '../../lib/domain/event-key';
import { isRecord } from '../../lib/domain/form';
import type { Claim, ClaimRequest } from '../../lib/runtime/store/port';
import { subjectOf } from '../../lib/runtime/store/subject';
import type { LeadItem, Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Where a claim lives in the store. */
export const storeKeyOf = (scope: string, key: string) => `claim:v1:${scope}:${key}`;

/** Claims all items in one round trip; what an item cannot be claimed for fails that item alone. */
export async function claim(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const now = Date.now();
	const requests = leads.map((lead) => claimOf(node, lead, now));
	const store = await openStore(node);
	const answers = await store.claim(
		requests.flatMap((one) => ('error' in one ? [] : [one.request])),
	);
	const next = answers.values();
	return requests.map((one) => ('error' in one ? one.error : outcomeOf(one, next.next().value)));
}

const iso = (ms: number) => new Date(ms).toISOString();

function outcomeOf(
	{ key, scope }: { key: string; scope: string },
	answer: Claim | undefined,
): Outcome | Error {
	switch (answer?.state) {
		case 'new': {
			const { token, leaseUntil, takeovers } = answer;
			const dedupe = { outcome: 'new', key, scope, token, leaseUntil: iso(leaseUntil), takeovers };
			const note =
				takeovers > 0 ? `new: taken over, its ${takeovers} earlier holders never finished` : 'new';
			return { output: 0, add: { dedupe }, note };
		}
		case 'done': {
			const { claimedAt, completedAt, result } = answer;
			const dedupe = {
				outcome: 'duplicate',
				key,
				firstSeenAt: iso(claimedAt),
				completedAt: iso(completedAt),
				...(result !== undefined && { firstResult: JSON.parse(result) as IDataObject }),
			};
			return { output: 1, add: { dedupe }, note: `a repeat; done at ${iso(completedAt)}` };
		}
		case 'in-progress': {
			const { claimedAt, leaseUntil } = answer;
			const dedupe = {
				outcome: 'in-progress',
				key,
				firstSeenAt: iso(claimedAt),
				leaseUntil: iso(leaseUntil),
			};
			return { output: 2, add: { dedupe }, note: 'a repeat; the first is still being worked on' };
		}
		default:
			return new PipelineError('INTERNAL', 'The store gave no answer for this claim');
	}
}

type Asked =
	| { readonly key: string; readonly scope: string; readonly request: ClaimRequest }
	| { readonly error: Error };

/** What an item asks of the store. An item without a key fails alone, not with its batch. */
function claimOf(node: IExecuteFunctions, { index, json }: LeadItem, now: number): Asked {
	try {
		const key = eventKey(json, recipeOf(node, index));
		const leaseMinutes = node.getNodeParameter('options.leaseMinutes', index, 10) as number;
		const rememberHours = node.getNodeParameter('options.rememberHours', index, 72) as number;
		const scope = scopeOf(node, index);
		const email = emailOf(json);
		const request = {
			key: storeKeyOf(scope, key),
			leaseUntil: now + leaseMinutes * MINUTE,
			expiresAt: now + Math.max(rememberHours * HOUR, leaseMinutes * MINUTE),
			...(email && { subject: subjectOf(email) }),
		};
		return { key, scope, request };
	} catch (error) {
		return { error: error as Error };
	}
}

function emailOf({ lead }: IDataObject): string | undefined {
	const identity = isRecord(lead) ? lead['identity'] : undefined;
	const email = isRecord(identity) ? identity['email'] : undefined;
	return typeof email === 'string' ? email : undefined;
}

function recipeOf(node: IExecuteFunctions, index: number): KeyRecipe {
	const kind = node.getNodeParameter('recipe', index) as KeyRecipe['kind'];
	if (kind === 'custom')
		return { kind, value: String(node.getNodeParameter('ownValue', index) ?? '') };
	if (kind !== 'fields') return { kind };
	const paths = (node.getNodeParameter('fields', index) as string)
		.split(',')
		.map((path) => path.trim())
		.filter(Boolean);
	if (paths.length === 0)
		throw new PipelineError('CONFIG_INVALID', "'Fields' is empty: name at least one");
	return { kind, paths };
}

/** A run of a workflow that was never saved has no id: its claims are its own all the same. */
function scopeOf(node: IExecuteFunctions, index: number): string {
	const scope = node.getNodeParameter('options.scope', index, 'workflow');
	return scope === 'instance' ? 'instance' : (node.getWorkflow().id ?? 'unsaved');
}
