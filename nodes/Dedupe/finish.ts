import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import type { Completion, Held } from '../../lib/runtime/store/port';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readNamespace } from '../shared/read-lead';
import { openStore } from '../shared/store';
import { storeKeyOf } from './key';
import { orError } from './or-error';

const HOUR = 3_600_000;

/** Keeps the results of all items in one round trip. */
export async function complete(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const asked = leads.map((lead) => orError(() => completionOf(node, lead)));
	const store = await openStore(node);
	const answers = await store.complete(asked.flatMap((one) => (one instanceof Error ? [] : [one])));
	const next = answers.values();
	return asked.map((one, index) => {
		if (one instanceof Error) return one;
		return next.next().value
			? { output: 0, add: withOutcome(leads[index], 'completed') }
			: lost(leads[index]);
	});
}

/** Gives the claims of all items back in one round trip. */
export async function release(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	// A lead that failed before it was claimed comes this way too: there is nothing to give back.
	const asked = leads.map((lead) =>
		isRecord(lead.json['dedupe']) ? orError(() => heldBy(lead)) : undefined,
	);
	const store = await openStore(node);
	const answers = await store.release(
		asked.flatMap((one) => (one instanceof Error || !one ? [] : [one])),
	);
	const next = answers.values();
	return asked.map((one, index) => {
		if (one instanceof Error) return one;
		if (!one) return { output: 0, add: {}, note: 'it was never claimed' };
		return next.next().value
			? { output: 0, add: withOutcome(leads[index], 'released'), note: 'may be tried again' }
			: {
					output: 0,
					add: withOutcome(leads[index], 'lost'),
					note: 'the claim had passed to another execution, or was done',
				};
	});
}

/** The claim that an item carries from the node that made it. */
function heldBy({ json }: LeadItem): Held {
	const { key, token, scope } = readNamespace(json, 'dedupe', 'Dedupe (Claim)');
	if (typeof key === 'string' && typeof token === 'string')
		return { key: storeKeyOf(String(scope), key), token };
	throw new PipelineError(
		'INVALID_INPUT',
		"The item holds no claim: only items from the output 'New' of Dedupe (Claim) can be completed or released",
	);
}

function completionOf(node: IExecuteFunctions, lead: LeadItem): Completion {
	const held = heldBy(lead);
	const result = jsonOf(node.getNodeParameter('result', lead.index, {}));
	return { ...held, result, expiresAt: rememberUntil(node, lead) };
}

/** As long as the claim said, if nobody says otherwise here. */
function rememberUntil(node: IExecuteFunctions, { index, json }: LeadItem): number {
	const hours = node.getNodeParameter('options.rememberHours', index, 0) as number;
	if (hours > 0) return Date.now() + hours * HOUR;
	const { rememberUntil } = readNamespace(json, 'dedupe', 'Dedupe (Claim)');
	const until = Date.parse(String(rememberUntil));
	return Number.isNaN(until) ? Date.now() + 72 * HOUR : Math.max(until, Date.now() + HOUR);
}

const withOutcome = (lead: LeadItem | undefined, outcome: string) => ({
	dedupe: { ...(lead?.json['dedupe'] as IDataObject), outcome },
});

const lost = (lead: LeadItem | undefined) =>
	new PipelineError(
		'LEASE_LOST',
		`The claim on "${String((lead?.json['dedupe'] as IDataObject)['key'])}" had passed to another execution before this one was done`,
	);

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
