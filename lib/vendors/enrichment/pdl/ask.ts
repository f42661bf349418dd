import { FIELD_PATHS } from '../../../domain/enrichment-fields';
import type { Lead } from '../../../domain/lead';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';
import type { FieldPath } from '../port';
import { PDL_FIELDS } from './answers';

export const BASE = 'https://api.peopledatalabs.com/v5';

/** 1 to 10: from 6 on the record is rarely somebody else's. https://docs.peopledatalabs.com/docs/likelihood */
export const MIN_LIKELIHOOD = 6;

/** 404: nobody is known, or nobody with what is required; free of charge. */
export const ask = async (http: Http, request: HttpRequest): Promise<HttpResponse> =>
	await http.send({ accept: [404], ...request });

export const fillable = FIELD_PATHS.filter((path) => path in PDL_FIELDS);

/** Who is meant, in PDL's words. https://docs.peopledatalabs.com/docs/person-enrichment-api */
export const paramsOf = ({ identity, person, company }: Lead) => ({
	email: identity.email,
	phone: identity.phone,
	profile: person.linkedinUrl,
	...(person.firstName && person.lastName
		? { first_name: person.firstName, last_name: person.lastName }
		: { name: person.fullName }),
	company: company.domain ?? company.name,
});

/** PDL answers, and charges, only for a record with one of these. */
export function requiredFor(wanted: readonly FieldPath[]): string | undefined {
	const fields = new Set(wanted.flatMap((path) => namesOf(path)));
	return fields.size > 0 ? [...fields].join(' OR ') : undefined;
}

const names: Partial<Record<FieldPath, readonly string[]>> = PDL_FIELDS;
const namesOf = (path: FieldPath) => names[path] ?? [];

/** What the call was charged. https://docs.peopledatalabs.com/docs/usage-limits */
export function creditsSpent({ headers }: HttpResponse): number | undefined {
	const spent = headers['x-call-credits-spent'];
	const credits = spent === undefined ? Number.NaN : Number(spent);
	return Number.isFinite(credits) && credits >= 0 ? credits : undefined;
}
