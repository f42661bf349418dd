import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../lib/domain/form';
import { SILENCE_MS } from '../../lib/runtime/policies/heartbeat';
import { subjectOfPerson } from '../../lib/runtime/store/subject';
import type { Claim, ClaimRequest } from '../../lib/runtime/store/port';
import type { LeadItem, Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';
import { countClaims } from './count-claims';
import { describeClaim } from './describe-claim';
import { keyReader, rememberHoursOf, scopeOf, storeKeyOf } from './key';
import { keepUntilEnd } from './keep-until-end';
import { waitForFirst } from './wait-for-first';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What an item asks of the store. */
export interface Asked {
	readonly lead: LeadItem;
	readonly key: string;
	readonly scope: string;
	readonly request: ClaimRequest;
	/** Epoch ms after which nobody keeps the claim alive. */
	readonly holdUntil: number;
}

/** Claims all items in one round trip; what an item cannot be claimed for fails that item alone. */
export async function claim(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const now = Date.now();
	const keyOf = keyReader(node);
	const requests = leads.map((lead) => askedFor(node, lead, { now, keyOf }));
	const broken = requests.find((one) => one instanceof Error);
	// The node is going to fail: what it claimed before would be in the way of the next try.
	if (broken && !node.continueOnFail())
		return requests.map((one) => (one instanceof Error ? one : SKIPPED));
	const wanted = requests.flatMap((one) => (one instanceof Error ? [] : [one]));
	const store = await openStore(node);
	const first = await store.claim(wanted.map(({ request }) => request));
	const answered = await waitForFirst(node, store, { asked: wanted, first });
	keepUntilEnd(node, store, answered);
	await countClaims(node, store, answered);
	const { asked, answers } = answered;
	const outcomes = asked.map((one, index) => describeClaim(one, answers[index])).values();
	return requests.map((one) =>
		one instanceof Error ? one : (outcomes.next().value ?? new Error('The store gave no answer')),
	);
}

const SKIPPED: Outcome = { output: 0, add: {} };

/** An item without a key fails alone, not with its batch. */
function askedFor(
	node: IExecuteFunctions,
	lead: LeadItem,
	{ now, keyOf }: { readonly now: number; readonly keyOf: ReturnType<typeof keyReader> },
): Asked | Error {
	try {
		const { key, recipe } = keyOf(lead);
		const { index, json } = lead;
		const options = node.getNodeParameter('options', index, {}) as ClaimOptions;
		const holdUntil = now + (options.leaseMinutes ?? 10) * MINUTE;
		const leaseUntil = options.heartbeat ? Math.min(holdUntil, now + SILENCE_MS) : holdUntil;
		const remember = (options.rememberHours ?? rememberHoursOf(recipe.kind)) * HOUR;
		const scope = scopeOf(node, options.scope);
		const subject = subjectOfPerson(contactsOf(json));
		const request = {
			key: storeKeyOf(scope, key),
			leaseUntil,
			expiresAt: Math.max(now + remember, holdUntil),
			holder: node.getExecutionId(),
			...(subject && { subject }),
		};
		return { lead, key, scope, request, holdUntil };
	} catch (error) {
		return error as Error;
	}
}

interface ClaimOptions {
	readonly leaseMinutes?: number;
	readonly rememberHours?: number;
	readonly heartbeat?: boolean;
	readonly scope?: string;
}

function contactsOf({ lead }: IDataObject) {
	const identity = isRecord(lead) && isRecord(lead['identity']) ? lead['identity'] : {};
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	return { email: text(identity['email']), phone: text(identity['phone']) };
}

/** What was asked, with what became of it, in the same order. */
export interface Answered {
	readonly asked: readonly Asked[];
	readonly answers: readonly (Claim | undefined)[];
}
