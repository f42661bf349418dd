import { isPipelineError } from '../../domain/errors';
import type { Budget, Policy } from './wrap';

/** Ends of the first asker's patience, not of the question. */
const ITS_OWN = new Set(['CANCELLED', 'TIMEOUT']);

/**
 * The same question, asked while it is under way, is not asked twice: both get the one answer. Only for
 * questions that change nothing, and where an answer that is as old as the question is good enough.
 * `keyOf`: what makes two questions the same; undefined: never. Should the first asker give up, the
 * others ask for themselves.
 */
export function coalesce<Question extends Budget, Answer>(
	keyOf: (question: Question) => string | undefined,
	underWay: Map<string, Promise<Answer>> = new Map(),
): Policy<Question, Answer> {
	return (next) => {
		const lead = async (key: string, question: Question) => {
			const answer = next(question).finally(() => underWay.delete(key));
			underWay.set(key, answer);
			return await answer;
		};
		return async (question) => {
			const key = keyOf(question);
			if (key === undefined) return await next(question);
			const asked = underWay.get(key);
			if (!asked) return await lead(key, question);
			try {
				return await asked;
			} catch (error) {
				if (isPipelineError(error) && ITS_OWN.has(error.code)) return await next(question);
				throw error;
			}
		};
	};
}
