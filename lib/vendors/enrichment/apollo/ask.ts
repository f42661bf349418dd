import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { ErrorCode } from '../../../domain/errors';
import type { Lead } from '../../../domain/lead';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';

export const BASE = 'https://api.apollo.io/api/v1';

const Refusal = z.object({ error: loose.text, error_message: loose.text, message: loose.text });

/** https://docs.apollo.io/reference/status-codes-errors */
export const ask = async (http: Http, request: HttpRequest): Promise<HttpResponse> =>
	await http.send({ codeOf: refusal, ...request });

/** Apollo says with a 422 both that a request is wrong and that the credits are used up. */
function refusal({ status, body }: HttpResponse): ErrorCode | undefined {
	if (status !== 422) return undefined;
	const { error, error_message, message } = Refusal.safeParse(body).data ?? {};
	return /credit/i.test(`${error} ${error_message} ${message}`) ? 'QUOTA_EXHAUSTED' : undefined;
}

export function identifiesPerson({ identity, person, company }: Lead): boolean {
	const named = person.fullName || (person.firstName && person.lastName);
	return Boolean(
		identity.email || person.linkedinUrl || (named && (company.domain || company.name)),
	);
}

/** Who is meant, in Apollo's words. */
export const detailsOf = ({ identity, person, company }: Lead) => ({
	email: identity.email,
	first_name: person.firstName,
	last_name: person.lastName,
	name: person.fullName,
	domain: company.domain,
	organization_name: company.name,
	linkedin_url: person.linkedinUrl,
});
