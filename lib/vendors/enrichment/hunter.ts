import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import { contacts } from './hunter/contacts';
import { canFindEmail, findEmail, verifyEmail } from './hunter/emails';
import { knowsSomething, NOTHING, together, type Part } from './hunter/part';
import { findBoth, findCompany, findPerson } from './hunter/profiles';
import type { EnrichmentProvider, FieldPath } from './port';

export const hunter: EnrichmentProvider = {
	id: 'hunter',
	title: 'Hunter',
	credential: 'hunterApi',
	apiKeyHeader: 'X-API-KEY',
	// Starter plan, $49 a month for 2,000 credits: https://hunter.io/pricing
	// At most: an address found (1), then its person and company (2).
	pricing: {
		perHit: 2,
		perPersonHit: 1,
		perCompanyHit: 1,
		atMost: 3,
		currencyPerCredit: 0.0245,
	},
	fills: FIELD_PATHS,

	cannotAsk(lead) {
		if (lead.identity.email || handleOf(lead) || canFindEmail(lead)) return null;
		return 'Hunter needs an email address, a LinkedIn URL, or a name with a company';
	},

	async lookup(lead, http, wanted) {
		const wantsPerson = wanted.some((path) => PERSONAL.test(path));
		const finding =
			!lead.identity.email && wantsPerson && canFindEmail(lead)
				? await findEmail(lead, http)
				: NOTHING;
		const email = lead.identity.email ?? emailIn(finding);
		const verify = wanted.includes(STATUS) && lead.identity.email;
		const rest = await Promise.all([
			findProfile({ email, linkedin_handle: handleOf(lead) }, http, wanted).catch(
				left(wanted.filter((path) => path !== STATUS && finding.facts[path] === undefined)),
			),
			verify ? statusOf(verify, http).catch(left([STATUS])) : NOTHING,
		]);
		const parts: readonly Tried[] = [finding, ...rest];
		const failed = parts.find((part) => 'thrown' in part);
		// A call that fails does not throw away what the others were paid for.
		if (failed && !parts.some(knowsSomething)) throw failed.thrown;
		return together(parts);
	},

	company: {
		fills: FIELD_PATHS.filter((path) => path.startsWith('company.')),
		cannotAsk: ({ company }) => (company.domain ? null : 'Hunter needs the domain of the company'),
		async lookup({ domain }, http) {
			return together([domain ? await findCompany(domain, http) : NOTHING]);
		},
	},

	emailVerifier: {
		verify: async (email, http) =>
			(await verifyEmail(email, http)) ?? { status: 'unknown', credits: 0 },
	},

	contacts,
};

const PERSONAL = /^(?:person\.|identity\.(?:email|phone)$)/;
const STATUS = 'identity.emailStatus';

/** One of the calls, with what it failed with. */
type Tried = Part & { readonly thrown?: unknown };

/** A call that failed leaves open what it was made for. */
const left =
	(unanswered: readonly FieldPath[]) =>
	(thrown: unknown): Tried => ({ ...NOTHING, unanswered, thrown });

const handleOf = ({ person }: Lead) =>
	/linkedin\.com\/in\/([^/?#]+)/i.exec(person.linkedinUrl ?? '')?.[1];

function emailIn({ facts: { 'identity.email': email } }: Part): string | undefined {
	return typeof email === 'string' ? email : undefined;
}

/** Nothing is concluded from a check that did not end, and nothing is remembered. */
async function statusOf(email: string, http: Http): Promise<Part> {
	const verdict = await verifyEmail(email, http);
	if (!verdict) return { ...NOTHING, unanswered: [STATUS] };
	const { status, credits, apiVersion } = verdict;
	return {
		facts: { [STATUS]: status },
		credits,
		...(apiVersion && { apiVersion }),
	};
}

/** The cheapest call that can fill what is wanted. */
async function findProfile(
	known: { readonly email: string | undefined; readonly linkedin_handle: string | undefined },
	http: Http,
	wanted: readonly FieldPath[],
): Promise<Part> {
	const { email, linkedin_handle } = known;
	const key = email ? { email } : { linkedin_handle };
	if (!email && !linkedin_handle) return NOTHING;
	if (wanted.some((path) => path.startsWith('company.'))) return await findBoth(key, http);
	const wantsPerson = wanted.some((path) => PERSONAL.test(path) && path !== 'identity.email');
	return wantsPerson ? await findPerson(key, http) : NOTHING;
}
