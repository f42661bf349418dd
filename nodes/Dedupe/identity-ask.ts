import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Resolving } from '../../lib/domain/identity-keep';
import type { MapDraft } from '../../lib/domain/identity-map';
import type { IdentityRules } from '../../lib/domain/identity-rules';
import { askEntityMap, type Question } from '../../lib/runtime/entity-map';
import { sleep } from '../../lib/runtime/policies/sleep';
import type { Store } from '../../lib/runtime/store/port';
import { openStore } from '../shared/store';
import { mapOf } from './identity-parameters';

/** The entity map of the node, and what its decisions need besides. */
export interface Desk {
	readonly store: Store;
	readonly keepMs: number;
	readonly now: number;
	resolving(draft: MapDraft, rules: IdentityRules): Resolving;
	/** One answer per question, in order; an error in a place of a question is passed on. */
	ask<Answer>(questions: ReadonlyArray<Question<Answer> | Error>): Promise<Array<Answer | Error>>;
}

const LONGEST_PAUSE_MS = 200;

/** Chance keeps two workers that were in each other's way from meeting again. */
const pause = async (attempt: number) =>
	await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 5 * 2 ** Math.min(attempt, 6)));

export async function openDesk(node: IExecuteFunctions): Promise<Desk> {
	const { map: name, keepMs } = mapOf(node);
	const store = await openStore(node);
	const now = Date.now();
	return {
		store,
		keepMs,
		now,
		resolving: (draft, rules) => ({ draft, rules, now, keepMs, newId: randomUUID }),
		async ask(questions) {
			const asked = questions.flatMap((one) => (one instanceof Error ? [] : [one]));
			const answers = (await askEntityMap(asked, { store, name, pause })).values();
			return questions.map((one) => {
				if (one instanceof Error) return one;
				return answers.next().value ?? new Error('The entity map gave no answer');
			});
		},
	};
}
