import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseDomain, parseEmail } from '../../lib/domain/email';
import { PipelineError } from '../../lib/domain/errors';
import { identify, rowsFor, takeOrder, type Question } from '../../lib/domain/identity';
import type { Decision } from '../../lib/domain/identity-decision';
import { personOf, personOfCandidate } from '../../lib/domain/identity-person';
import type { IdentityRules } from '../../lib/domain/identity-rules';
import { maskValue } from '../../lib/domain/mask';
import { parsePhone } from '../../lib/domain/phone';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { sourceOf, type Count } from './counters';
import { countSafely } from './count-claims';
import { openDesk } from './identity-ask';
import { jsonOf, rulesOf } from './identity-parameters';
import { orError } from './or-error';

const OUTPUT = { matched: 0, new: 1, review: 2 } as const;

/** Whom the leads are of; a batch costs as many round trips as one lead. */
export async function resolveLeads(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const rules = rulesOf(node);
	const desk = await openDesk(node);
	const questions = leads.map((lead) => orError(() => questionOf(node, lead)));
	const valid = questions.flatMap((question, place) =>
		question instanceof Error ? [] : [{ question, place, rules: rulesFor(question, rules) }],
	);
	const order = takeOrder(
		valid.map(({ question }) => question),
		rules,
	).flatMap((index) => valid[index] ?? []);
	const decisions = await desk.ask(
		order.map(({ question, rules: own }) => ({
			rows: rowsFor(question, own),
			decide: (draft) => identify(question, desk.resolving(draft, own)),
		})),
	);
	const placed = new Map(order.map(({ place }, index) => [place, decisions[index]]));
	await countSafely(node, desk.store, joinsOf(leads, placed));
	return questions.map((question, place) => {
		const decision = question instanceof Error ? question : placed.get(place);
		if (!decision || decision instanceof Error)
			return decision ?? new Error('The entity map gave no answer');
		return outcomeOf(decision);
	});
}

function questionOf(node: IExecuteFunctions, { index, json }: LeadItem): Question {
	const lead = readLead(json);
	const given = jsonOf(node, 'candidates', index) ?? [];
	if (!Array.isArray(given)) {
		throw new PipelineError(
			'INVALID_INPUT',
			`'Candidate Records' is ${maskValue(given)}, which is not an array`,
		);
	}
	const read = {
		email: (text: string) => parseEmail(text)?.email,
		phone: (text: string) => parsePhone(text, lead.person.country)?.number,
		domain: parseDomain,
	};
	const { system, recordId } = lead.source;
	const own = recordId ? [{ system, id: recordId }] : [];
	return {
		record: personOf(lead, own),
		candidates: given.map((one: unknown) => personOfCandidate(one, read)),
	};
}

/** Whoever gives candidates means their ids, whichever system they are of. */
const rulesFor = ({ candidates }: Question, rules: IdentityRules): IdentityRules => ({
	...rules,
	idSystems: [
		...rules.idSystems,
		...candidates.flatMap(({ ids }) => ids.map(({ system }) => system.trim().toLowerCase())),
	],
});

function outcomeOf(decision: Decision): Outcome {
	const { outcome, evidence, candidates, refused, joined } = decision;
	const why = evidence.map(({ key, value }) => `${key} ${value}`).join(', ');
	const note = {
		matched: `known by ${why}${joined.length > 0 ? `; ${joined.length} joined` : ''}`,
		new: 'somebody new',
		review: reviewNote(candidates, refused),
	}[outcome];
	return {
		output: OUTPUT[outcome],
		add: { identity: { ...decision } as unknown as IDataObject },
		note,
	};
}

function reviewNote(candidates: Decision['candidates'], refused: Decision['refused']): string {
	const [first] = candidates;
	if (first) return `for a human: ${candidates.length} may be the same, one ${first.reason}`;
	const [one] = refused;
	return one
		? `nothing identifies: ${one.key} ${one.value} ${one.reason}`
		: 'nothing in the lead identifies a person';
}

const joinsOf = (
	leads: readonly LeadItem[],
	placed: ReadonlyMap<number, Decision | Error | undefined>,
): Count[] =>
	leads.flatMap(({ json }, place) => {
		const decision = placed.get(place);
		if (!decision || decision instanceof Error) return [];
		return decision.joined.map(() => ({ event: 'merged' as const, source: sourceOf(json) }));
	});
