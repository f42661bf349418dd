import { PipelineError } from '../domain/errors';
import {
	leadsTo,
	mapDraft,
	type MapDraft,
	type RowChange,
	type Rows,
} from '../domain/identity-map';
import { subjectOf } from '../domain/subject';
import type { Store, Transaction } from './store/port';

/** One question to the map: the rows it begins with, and what it decides and changes. */
export interface Question<Answer> {
	/** Names of rows; what they lead to is read too. */
	readonly rows: readonly string[];
	readonly decide: (draft: MapDraft) => Answer;
}

export interface EntityMapOptions {
	readonly store: Store;
	/** Keeps the people of several maps in one store apart. */
	readonly name: string;
	/** Waits before a question is asked again, because another worker was faster. */
	readonly pause: (attempt: number) => Promise<void>;
}

/** Under which everything of a person in the map is erased. */
export const entitySubject = (id: string) => subjectOf(`entity:${id}`);

const ATTEMPTS = 40;

/**
 * Asks a batch of questions, one after the other, each on what the ones before have changed: one round
 * trip for their rows, one for the people that these lead to, and one that writes. A question whose
 * rows another worker has changed meanwhile is asked again; so two workers that meet the same new
 * person at once agree. Rejects with `STORE_UNAVAILABLE`, and with `TIMEOUT` after forty attempts.
 */
export async function askEntityMap<Answer>(
	questions: readonly Question<Answer>[],
	options: EntityMapOptions,
): Promise<Answer[]> {
	const answers = new Map<number, Answer>();
	let open = questions.map((question, place) => ({ question, place }));
	for (let attempt = 1; open.length > 0; attempt++) {
		if (attempt > ATTEMPTS)
			throw new PipelineError(
				'TIMEOUT',
				`Other executions have been changing the same people for ${ATTEMPTS} attempts`,
			);
		if (attempt > 1) await options.pause(attempt);
		const rows = await readRows(
			open.flatMap(({ question }) => question.rows),
			options,
		);
		const draft = mapDraft(rows);
		const asked = open.map((one) => ({
			...one,
			answer: one.question.decide(draft),
			changes: draft.take(),
		}));
		const writing = asked.filter(({ changes }) => changes.length > 0);
		const written = await options.store.commit(
			writing.map(({ changes }) => transactionOf(changes, options.name)),
		);
		const failed = new Set(writing.filter((_, index) => !written[index]));
		// What an answer was built on may not have been written: after a failure only writing proves it.
		const firstFailed = asked.findIndex((one) => failed.has(one));
		const isSettled = (one: (typeof asked)[number], index: number) =>
			firstFailed < 0 || index < firstFailed || (one.changes.length > 0 && !failed.has(one));
		asked.forEach((one, index) => {
			if (isSettled(one, index)) answers.set(one.place, one.answer);
		});
		open = open.filter(({ place }) => !answers.has(place));
	}
	return [...answers].sort(([one], [other]) => one - other).map(([, answer]) => answer);
}

/** A person stands at most this many joins away from the one that has the name now. */
const FARTHEST = 50;

async function readRows(
	names: readonly string[],
	{ store, name }: EntityMapOptions,
): Promise<Rows> {
	const rows = new Map<string, string | undefined>();
	let next = [...new Set(names)];
	for (let step = 0; next.length > 0 && step < FARTHEST; step++) {
		const texts = await store.get(next.map((row) => storeKey(name, row)));
		next.forEach((row, index) => rows.set(row, texts[index]));
		const found = next.flatMap((row) => leadsTo(row, rows.get(row) ?? ''));
		next = [...new Set(found)].filter((row) => !rows.has(row));
	}
	return rows;
}

const storeKey = (map: string, row: string) => `identity:v1:${map}:${row}`;

const transactionOf = (changes: readonly RowChange[], map: string): Transaction =>
	changes.map(({ name, expected, value, until, entityId }) => ({
		key: storeKey(map, name),
		expected,
		...(value !== undefined && {
			entry: {
				value,
				expiresAt: until,
				...(entityId !== undefined && { subject: entitySubject(entityId) }),
			},
		}),
	}));
