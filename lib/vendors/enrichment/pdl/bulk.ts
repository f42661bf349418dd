import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import { PipelineError } from '../../../domain/errors';
import type { Lead } from '../../../domain/lead';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { vendorError } from '../../../runtime/vendor-error';
import { apiVersion } from '../../api-version';
import type { FieldPath, Lookup } from '../port';
import { part } from '../wire';
import { PersonAnswer } from './answers';
import { ask, BASE, creditsSpent, MIN_LIKELIHOOD, paramsOf, requiredFor } from './ask';

export const PEOPLE_AT_ONCE = 100;

const One = z.object({
	status: z.number(),
	metadata: part({ place: loose.number }),
	error: part({ message: loose.text }),
});

const Answers = z.array(z.union([One.extend(PersonAnswer.shape), One]));

export interface PeopleQuestion {
	readonly leads: readonly Lead[];
	readonly http: Http;
	readonly wanted: readonly FieldPath[];
}

/**
 * One request for up to a hundred people; each answer has a status of its own, and says by our
 * metadata whose it is. https://docs.peopledatalabs.com/docs/bulk-enrichment-api
 */
export async function matchPeople(
	{ leads, http, wanted }: PeopleQuestion,
	lookupOf: (answer: PersonAnswer, credits: number) => Lookup,
): Promise<ReadonlyArray<Lookup | PipelineError>> {
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/person/bulk`,
		body: {
			required: requiredFor(wanted),
			titlecase: true,
			requests: leads.map((lead, place) => ({
				params: { ...paramsOf(lead), min_likelihood: MIN_LIKELIHOOD },
				metadata: { place },
			})),
		},
		idempotent: true,
		accept: [],
	});
	const answers = readAnswer(Answers, response, 'pdl');
	const hits = answers.filter((one) => 'data' in one).length;
	const credits = hits > 0 ? (creditsSpent(response) ?? hits) / hits : 0;
	const version = apiVersion(response);
	return leads.map((_, place) => {
		const one = answers.find((each, at) => (each.metadata?.place ?? at) === place);
		if (one && 'data' in one) return { ...lookupOf(one, credits), ...version };
		if (one?.status === 404) return { kind: 'no-match', credits: 0, ...version };
		return failed(one);
	});
}

const failed = (one: z.infer<typeof One> | undefined): PipelineError => {
	if (one) {
		return vendorError('pdl', { status: one.status, headers: {}, body: { error: one.error } }, 0);
	}
	const message = 'pdl left one of the people without an answer';
	return new PipelineError('UPSTREAM_UNAVAILABLE', message, { vendor: 'pdl' });
};
