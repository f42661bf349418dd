import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { forget, rowsOfPerson, type Forgotten } from '../../lib/domain/identity-forget';
import { everyId, rowsOfSomebody, type Somebody } from '../../lib/domain/identity-link';
import { entityRowName, type Entity } from '../../lib/domain/identity-map';
import { requestedPeople, type Requested } from '../../lib/domain/identity-request';
import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { LISTS_OF_PEOPLE } from '../../lib/domain/subject';
import { entitySubject } from '../../lib/runtime/entity-map';
import type { Erased } from '../../lib/runtime/store/port';
import type { LeadItem, Outcome } from '../shared/each-item';
import { openDesk, type Desk } from './identity-ask';
import { somebodyOf } from './identity-parameters';
import { orError } from './or-error';

/** Erases people everywhere in the store; one after the other, for each is a decision of its own. */
export async function forgetPeople(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const desk = await openDesk(node);
	const outcomes: Array<Outcome | Error> = [];
	for (const { index } of leads) {
		const somebody = orError(() => somebodyOf(node, index));
		outcomes.push(
			somebody instanceof Error
				? somebody
				: await forgetOne(somebody, desk).catch((error: Error) => error),
		);
	}
	return outcomes;
}

async function forgetOne(somebody: Somebody, desk: Desk): Promise<Outcome | Error> {
	const { people, others, subjects } = await requested(somebody, desk);
	const { emails } = somebody.record;
	const isSure = somebody.entityId !== undefined || people.length <= 1 || emails.length > 0;
	if (!isSure) {
		return new PipelineError(
			'INVALID_INPUT',
			`${people.length} people have this number or these IDs, and nothing was erased. Give the address or the entity ID`,
		);
	}
	// The map goes last: it alone knows what else there is to erase, should this be tried again.
	const planned = await Promise.all(people.map((person) => takeOut(person, desk, 'look')));
	const theirs = planned.flatMap((one) => one.subjects);
	const erased = await eraseAll([...subjects, ...theirs, LISTS_OF_PEOPLE], desk);
	const gone = await Promise.all(people.map((person) => takeOut(person, desk, 'write')));
	const snapshots = gone.flatMap(({ entityIds }) => entityIds.map(entitySubject));
	const forgotten = {
		...report(gone, [...erased, ...(await eraseAll(snapshots, desk))]),
		...(others.length > 0 && { sharesNumberWith: others.map(({ id }) => id) }),
	};
	return { output: 0, add: { forgotten }, note: `${forgotten.total} entries erased` };
}

const eraseAll = async (subjects: readonly string[], { store }: Desk) =>
	await Promise.all([...new Set(subjects)].map((subject) => store.erase(subject)));

async function requested(somebody: Somebody, desk: Desk): Promise<Requested> {
	const rules = everyId(DEFAULT_RULES, somebody.record);
	const [answer] = await desk.ask([
		{
			rows: rowsOfSomebody(somebody, rules),
			decide: (draft) => requestedPeople(somebody, draft, rules),
		},
	]);
	if (!answer || answer instanceof Error)
		throw answer ?? new Error('The entity map gave no answer');
	return answer;
}

/** The rows of a person lead to more of them: first those are read, then all goes in one step. */
async function takeOut(person: Entity, desk: Desk, mode: 'look' | 'write'): Promise<Forgotten> {
	const ids = [person.id, ...person.members];
	const [more] = await desk.ask([
		{
			rows: ids.map(entityRowName),
			decide: (draft) => ids.flatMap((id) => rowsOfPerson(draft.entity(id) ?? person)),
		},
	]);
	if (more instanceof Error) throw more;
	const [gone] = await desk.ask([
		{
			rows: more ?? [],
			decide: (draft) => {
				const forgotten = forget(draft, draft.root(person.id) ?? person);
				if (mode === 'look') draft.take();
				return forgotten;
			},
		},
	]);
	if (!gone || gone instanceof Error) throw gone ?? new Error('The entity map gave no answer');
	return gone;
}

function report(gone: readonly Forgotten[], erased: readonly Erased[]) {
	const sum = (kind: keyof Erased) => erased.reduce((all, one) => all + one[kind], 0);
	const where = {
		/** Claims of Dedupe, owners of Route, tasks of CRM Upsert, meetings. */
		claims: sum('claims'),
		/** Answers of providers (all kept lists of contacts too), snapshots of merges, and other values. */
		entries: sum('entries'),
		windowItems: sum('windowItems'),
		parkedLeads: sum('parked'),
		entityMapPeople: gone.reduce((all, { people }) => all + people, 0),
		entityMapKeys: gone.reduce((all, { keys }) => all + keys, 0),
	};
	const total = Object.values(where).reduce((all, count) => all + count, 0);
	return {
		total,
		where,
		entityIds: gone.flatMap(({ entityIds }) => [...entityIds]),
	} satisfies IDataObject & { total: number };
}
