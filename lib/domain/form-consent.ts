import { answerOf, BOXES, MAYBE_BOXES, OPT_OUTS } from './consent-words';
import { cleanText, fieldName, type FormField } from './form';

/**
 * What a form says about consent, by the names of its fields, as `readConsent` takes it; undefined when
 * it says nothing. `more`: what stands under `consent` itself.
 */
export function formConsent(fields: Iterable<FormField>, more: readonly unknown[] = []): unknown {
	const all = [...fields];
	const boxes = all.map(({ name, value }) => consentAnswer(name, value));
	return statements(...more, ...boxes, optOuts(all));
}

/** An answer as consent, by the name of its question; undefined when it is about anything else, or empty. */
export function consentAnswer(name: string, answer: unknown): unknown {
	const key = fieldName(name);
	const isAnswer = answerOf(answer) !== undefined;
	const isSaid = isAnswer || cleanText(answer) !== undefined || Array.isArray(answer);
	const channel = (isSaid && BOXES.get(key)) || (isAnswer && MAYBE_BOXES.get(key));
	if (!channel || channel === 'all') return channel ? answer : undefined;
	return { ...(answerOf(answer) && { lawfulBasis: 'consent' }), [channel]: answer };
}

/** The opt-outs among the fields of a form: nobody should have to look for the right place to say no. */
function optOuts(fields: readonly FormField[]): Record<string, boolean> | undefined {
	const found = fields.flatMap(({ name, value }) => {
		const channel = OPT_OUTS.get(fieldName(name));
		return channel !== undefined && answerOf(value) === true ? [[channel, false] as const] : [];
	});
	return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** Everything that was said about consent, as `readConsent` takes it; undefined when nothing was. */
export function statements(...said: readonly unknown[]): unknown {
	const given = said.filter((one) => one !== undefined);
	return given.length > 1 ? given : given[0];
}
