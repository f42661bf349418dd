import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { isRecord } from '../../lib/domain/form';
import { parseInstant } from '../../lib/domain/instant';
import { positionOf, withinClock, type OrderedBy, type Place } from '../../lib/domain/sequence';
import { sight, type Sighting } from '../../lib/runtime/store/newest';
import type { LeadItem, Outcome } from '../shared/each-item';
import { parameterReader } from '../shared/plain-path';
import { openStore } from '../shared/store';
import { countSafely } from './count-claims';
import { sourceOf } from './counters';
import { entityReader } from './entity';

const DAY = 86_400_000;

/** Marks events that come after a newer one of the same entity. None is dropped. */
export async function checkSequence(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const by = node.getNodeParameter('orderedBy', 0, 'time') as OrderedBy;
	const sightingOf = sightingReader(node, by);
	const asked = leads.map(sightingOf);
	const events = asked.flatMap((one) => (one instanceof Error ? [] : [one]));
	const store = await openStore(node);
	const places = (await sight(store, events, by)).values();
	const outcomes = asked.map((one) =>
		one instanceof Error ? one : outcomeOf(places.next().value, one),
	);
	const late = leads.filter((_, index) => {
		const outcome = outcomes[index];
		return !(outcome instanceof Error) && outcome?.output === 1;
	});
	await countSafely(
		node,
		store,
		late.map(({ json }) => ({ event: 'late', source: sourceOf(json) })),
	);
	return outcomes;
}

interface Event extends Sighting {
	/** How far the sender's clock is ahead, where that is too far to be believed. */
	readonly aheadMs: number;
}

function sightingReader(node: IExecuteFunctions, by: OrderedBy) {
	const entitiesOf = entityReader(node, 'newest');
	const read = parameterReader(node, 'position');
	const now = Date.now();
	return (lead: LeadItem): Event | Error => {
		try {
			const [entity, ...more] = entitiesOf(lead);
			if (!entity || more.length > 0) {
				throw new PipelineError('INVALID_INPUT', "'Entity' names several: an event has one place");
			}
			const days = node.getNodeParameter('options.rememberDays', lead.index, 30) as number;
			const said = positionOf(read(lead.json, lead.index), by);
			const sound = withinClock(said, by, Math.min(now, receivedAt(lead) ?? now));
			return { ...entity, ...sound, expiresAt: now + days * DAY };
		} catch (error) {
			return error as Error;
		}
	};
}

function receivedAt({ json }: LeadItem): number | undefined {
	const { lead, verification } = json;
	const source = isRecord(lead) && isRecord(lead['source']) ? lead['source'] : {};
	const verified = isRecord(verification) ? verification['receivedAt'] : undefined;
	const at = parseInstant(source['receivedAt'] ?? verified);
	return at === undefined ? undefined : Date.parse(at);
}

function outcomeOf(place: Place | undefined, { aheadMs }: Event): Outcome | Error {
	if (!place) return new PipelineError('INTERNAL', 'The store gave no answer for this event');
	const clock = aheadMs > 0 && { clockAhead: aheadMs };
	const doubt = aheadMs > 0 ? `; its clock is ${aheadMs} ms ahead, so its receipt counts` : '';
	if (place.order === 'late') {
		const sequence = { outcome: 'late', behind: plain(place.behind), ...clock };
		return {
			output: 1,
			add: { sequence },
			note: `late: ${place.behind} behind the newest${doubt}`,
		};
	}
	const missing = plain(place.missing);
	const sequence = { outcome: 'in-order', place: place.order, missing, ...clock };
	const note = place.missing > 0n ? `in order; ${place.missing} before it are missing` : 'in order';
	return { output: 0, add: { sequence }, note: `${note}${doubt}` };
}

/** JSON has no integers beyond these. */
const plain = (value: bigint) =>
	value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
