import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Resolving } from '../../lib/domain/identity-keep';
import {
	everyId,
	link,
	lookUp,
	rowsOfSomebody,
	type Linked,
	type LookedUp,
	type Somebody,
} from '../../lib/domain/identity-link';
import { entityRowName } from '../../lib/domain/identity-map';
import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { partPeople, unitePeople, type Settled } from '../../lib/domain/identity-settle';
import type { LeadItem, Outcome } from '../shared/each-item';
import { countSafely } from './count-claims';
import { sourceOf } from './counters';
import { openDesk } from './identity-ask';
import { somebodyOf, textOf } from './identity-parameters';
import { orError } from './or-error';

/** One answer of the map about the somebody of each item. */
async function askAbout<Answer>(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
	decide: (somebody: Somebody, resolving: Resolving) => Answer,
): Promise<Array<Answer | Error>> {
	const desk = await openDesk(node);
	return await desk.ask(
		leads.map(({ index }) =>
			orError(() => {
				const somebody = somebodyOf(node, index);
				const rules = everyId(DEFAULT_RULES, somebody.record);
				return {
					rows: rowsOfSomebody(somebody, rules),
					decide: (draft) => decide(somebody, desk.resolving(draft, rules)),
				};
			}),
		),
	);
}

/** Records which ids are of one person. Outputs: Linked, Conflict. */
export async function linkPeople(node: IExecuteFunctions, leads: readonly LeadItem[]) {
	const answers = await askAbout(node, leads, (somebody, resolving) => link(somebody, resolving));
	return answers.map((one) => (one instanceof Error ? one : linkedOutcome(one)));
}

function linkedOutcome(linked: Linked): Outcome | Error {
	if (linked.outcome === 'unknown') return unknownPerson();
	const identity = { ...linked } as unknown as IDataObject;
	if (linked.outcome === 'linked')
		return { output: 0, add: { identity }, note: `${linked.ids.length} IDs of one person` };
	const [first] = linked.refused;
	const note = first ? `${first.key} ${first.value}: ${first.reason}` : 'not of one person';
	return { output: 1, add: { identity }, note };
}

const unknownPerson = () =>
	new PipelineError(
		'INVALID_INPUT',
		"'Entity ID' is that of nobody in this entity map: it was forgotten, was never there, or is in another map",
	);

/** Who somebody is. Outputs: Found, Not Found. */
export async function lookUpPeople(node: IExecuteFunctions, leads: readonly LeadItem[]) {
	const answers = await askAbout(node, leads, (somebody, { draft, rules }) =>
		lookUp(somebody, draft, rules),
	);
	return answers.map((one) => (one instanceof Error ? one : lookedUpOutcome(one)));
}

function lookedUpOutcome(found: LookedUp): Outcome {
	if (found.outcome === 'found') {
		const { createdAt, ...known } = found;
		const identity = { ...known, knownSince: new Date(createdAt).toISOString() };
		return { output: 0, add: { identity: identity as unknown as IDataObject } };
	}
	const note = found.outcome === 'ambiguous' ? 'several people have it' : 'nobody has it';
	return { output: 1, add: { identity: { ...found } as unknown as IDataObject }, note };
}

/** What a human has decided about two people. */
export async function settleReviews(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const desk = await openDesk(node);
	const answers = await desk.ask(
		leads.map(({ index }) =>
			orError(() => {
				const ids = [required(node, 'entityId', index), required(node, 'otherEntityId', index)];
				const [one = '', other = ''] = ids;
				const same = node.getNodeParameter('decision', index, 'same') === 'same';
				return {
					rows: ids.map(entityRowName),
					decide: (draft) => (same ? unitePeople(draft, ids) : partPeople(draft, one, other)),
				};
			}),
		),
	);
	const counts = leads.flatMap(({ json }, index) => {
		const answer = answers[index];
		const event = answer instanceof Error ? undefined : COUNTED[answer?.outcome ?? 'unknown'];
		return event ? [{ event, source: sourceOf(json) }] : [];
	});
	await countSafely(node, desk.store, counts);
	return answers.map((one) => (one instanceof Error ? one : settledOutcome(one)));
}

const COUNTED = {
	joined: 'merged',
	apart: 'merge-corrected',
	already: undefined,
	unknown: undefined,
} as const;

function settledOutcome(settled: Settled): Outcome | Error {
	if (settled.outcome === 'unknown') return unknownPerson();
	const note = { joined: 'one person', apart: 'two people', already: 'was one person already' };
	return {
		output: 0,
		add: { identity: { ...settled } as unknown as IDataObject },
		note: note[settled.outcome],
	};
}

function required(node: IExecuteFunctions, name: string, index: number): string {
	const value = textOf(node, name, index);
	if (value) return value;
	throw new PipelineError(
		'INVALID_INPUT',
		`'${name === 'entityId' ? 'Entity ID' : 'Other Entity ID'}' is empty for this item`,
	);
}
