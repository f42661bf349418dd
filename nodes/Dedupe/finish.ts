import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readNamespace } from '../shared/read-lead';
import { openStore } from '../shared/store';
import { storeKeyOf } from './claim';

/** The claim that an item carries from the node that made it. */
function heldBy({ json }: LeadItem): { key: string; token: string; storeKey: string } {
	const { key, token, scope } = readNamespace(json, 'dedupe', 'Dedupe (Claim)');
	if (typeof key === 'string' && typeof token === 'string')
		return { key, token, storeKey: storeKeyOf(String(scope), key) };
	throw new PipelineError(
		'INVALID_INPUT',
		"The item holds no claim: only items from the output 'New' of Dedupe (Claim) can be completed or released",
	);
}

export async function complete(node: IExecuteFunctions, lead: LeadItem): Promise<Outcome> {
	const { key, token, storeKey } = heldBy(lead);
	const text = jsonOf(node.getNodeParameter('result', lead.index, {}));
	const hours = node.getNodeParameter('options.rememberHours', lead.index, 72) as number;
	const held = await openStore(node).complete(
		storeKey,
		token,
		text,
		Date.now() + hours * 3_600_000,
	);
	if (held)
		return {
			output: 0,
			add: { dedupe: { ...(lead.json['dedupe'] as IDataObject), outcome: 'completed' } },
		};
	throw new PipelineError(
		'LEASE_LOST',
		`The claim on "${key}" had passed to another execution before this one was done`,
	);
}

export async function release(node: IExecuteFunctions, lead: LeadItem): Promise<Outcome> {
	// A lead that failed before it was claimed comes this way too: there is nothing to give back.
	if (!isRecord(lead.json['dedupe'])) return { output: 0, add: {}, note: 'it was never claimed' };
	const { token, storeKey } = heldBy(lead);
	const held = await openStore(node).release(storeKey, token);
	const outcome = held ? 'released' : 'lost';
	return {
		output: 0,
		add: { dedupe: { ...(lead.json['dedupe'] as IDataObject), outcome } },
		note: held ? 'may be tried again' : 'the claim had passed to another execution, or was done',
	};
}

/** The result as JSON text; a later repeat has to be able to read it. */
function jsonOf(result: unknown): string {
	const text = typeof result === 'string' ? compact(result) : JSON.stringify(result ?? null);
	if (text !== undefined) return text;
	throw new PipelineError(
		'CONFIG_INVALID',
		"'Result' is not JSON. Correct it, or give an expression",
	);
}

function compact(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text));
	} catch {
		return undefined;
	}
}
