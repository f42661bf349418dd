import { z } from 'zod';
import { facts, loose } from '../../domain/enrichment-facts';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { ErrorCode } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import { readAnswer } from '../../runtime/answer';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/http';
import { apiVersion } from '../api-version';
import {
	companyFacts,
	CombinedAnswer,
	CompanyAnswer,
	FinderAnswer,
	PersonAnswer,
	personFacts,
	VerifierAnswer,
} from './hunter/answers';
import type { EnrichmentProvider, Facts, FieldPath, Lookup } from './port';

const ErrorAnswer = z.object({ errors: z.array(z.object({ id: loose.text })).catch([]) });

const BASE = 'https://api.hunter.io/v2';

export const hunter: EnrichmentProvider = {
	id: 'hunter',
	title: 'Hunter',
	credential: 'hunterApi',
	apiKeyHeader: 'X-API-KEY',
	fills: FIELD_PATHS,

	cannotAsk(lead) {
		const { email } = lead.identity;
		if (email || handleOf(lead) || lead.company.domain || canFindEmail(lead)) return null;
		return 'Hunter needs an email address, a LinkedIn URL, a company domain, or a name with a company';
	},

	async lookup(lead, http, wanted) {
		const wantsPerson = wanted.some((path) => PERSONAL.test(path));
		const finding =
			!lead.identity.email && wantsPerson && canFindEmail(lead)
				? await findEmail(lead, http)
				: NOTHING;
		const email = lead.identity.email ?? emailIn(finding);
		const verify = wanted.includes('identity.emailStatus') && lead.identity.email;
		const [profile, verdict] = await Promise.all([
			findProfile({ email, handle: handleOf(lead), domain: lead.company.domain }, http, wanted),
			verify ? verifyEmail(verify, http).catch(failed) : NOTHING,
		]);
		const parts = [finding, profile, 'thrown' in verdict ? UNVERIFIED : verdict];
		// A verifier that fails does not throw away the profile that was just paid for.
		if ('thrown' in verdict && !parts.some(knowsSomething)) throw verdict.thrown;
		return together(parts);
	},
};

/** What one call of several found. */
interface Part {
	readonly facts: Facts;
	readonly credits: number;
	readonly apiVersion?: string;
	readonly confidence?: number;
	readonly unanswered?: readonly FieldPath[];
}

const PERSONAL = /^(?:person\.|identity\.(?:email|phone)$)/;
const NOTHING: Part = { facts: {}, credits: 0 };
const UNVERIFIED: Part = { ...NOTHING, unanswered: ['identity.emailStatus'] };
const failed = (thrown: unknown) => ({ thrown });
const knowsSomething = (part: Part) => Object.keys(part.facts).length > 0;

function together(parts: readonly Part[]): Lookup {
	const version = parts.find((part) => part.apiVersion)?.apiVersion;
	const confidence = parts.find((part) => part.confidence !== undefined)?.confidence;
	const shared = {
		credits: parts.reduce((sum, part) => sum + part.credits, 0),
		unanswered: parts.flatMap((part) => part.unanswered ?? []),
		...(version && { apiVersion: version }),
	};
	if (!parts.some(knowsSomething)) return { kind: 'no-match', ...shared };
	const fields: Facts = Object.assign({}, ...parts.map((part) => part.facts));
	return { kind: 'found', fields, ...shared, ...(confidence !== undefined && { confidence }) };
}

function canFindEmail({ person, company }: Lead): boolean {
	const named = person.fullName || (person.firstName && person.lastName);
	return Boolean(named && (company.domain || company.name));
}

const handleOf = ({ person }: Lead) =>
	/linkedin\.com\/in\/([^/?#]+)/i.exec(person.linkedinUrl ?? '')?.[1];

function emailIn({ facts: { 'identity.email': email } }: Part): string | undefined {
	return typeof email === 'string' ? email : undefined;
}

// https://hunter.io/api-documentation/v2#email-finder
async function findEmail({ person, company }: Lead, http: Http): Promise<Part> {
	const response = await ask(http, '/email-finder', {
		domain: company.domain,
		company: company.domain ? undefined : company.name,
		first_name: person.firstName,
		last_name: person.lastName,
		full_name: person.firstName && person.lastName ? undefined : person.fullName,
		max_duration: 3,
	});
	const found = knows(response) ? readAnswer(FinderAnswer, response, 'hunter').data : undefined;
	if (!found?.email) return { ...NOTHING, ...apiVersion(response) };
	const known = facts({
		'identity.email': found.email,
		'identity.emailStatus': statusOf(found.verification?.status),
		'identity.phone': found.phone_number,
		'person.title': found.position,
		'person.linkedinUrl': found.linkedin_url,
		'company.name': found.company,
		'company.domain': found.domain,
	});
	const confidence = typeof found.score === 'number' ? { confidence: found.score / 100 } : {};
	return { facts: known, credits: 1, ...apiVersion(response), ...confidence };
}

// https://hunter.io/api-documentation/v2#email-verifier
async function verifyEmail(email: string, http: Http): Promise<Part> {
	const response = await ask(http, '/email-verifier', { email });
	// 202: the check is still running. Nothing is concluded from that, and nothing is remembered.
	if (response.status === 202) return { ...UNVERIFIED, ...apiVersion(response) };
	const data = knows(response) ? readAnswer(VerifierAnswer, response, 'hunter').data : undefined;
	const known = facts({ 'identity.emailStatus': statusOf(data?.status) });
	return { facts: known, credits: data?.status ? 1 : 0, ...apiVersion(response) };
}

/** A free-mail or throw-away host takes any letter without saying whether the mailbox exists. */
const statusOf = (status: string | null | undefined) =>
	status === 'webmail' || status === 'disposable' ? 'unknown' : status;

interface Known {
	readonly email: string | undefined;
	readonly handle: string | undefined;
	readonly domain: string | undefined;
}

/** The cheapest call that can fill what is wanted; the company alone where nobody is known. */
async function findProfile(known: Known, http: Http, wanted: readonly FieldPath[]): Promise<Part> {
	const wantsPerson = wanted.some((path) => PERSONAL.test(path) && path !== 'identity.email');
	const wantsCompany = wanted.some((path) => path.startsWith('company.'));
	const key = known.email ? { email: known.email } : { linkedin_handle: known.handle };
	if ((known.email ?? known.handle) && (wantsPerson || (wantsCompany && !known.domain))) {
		const found = wantsCompany ? await findBoth(key, http) : await findPerson(key, http);
		if (knowsSomething(found) || !wantsCompany) return found;
	}
	return wantsCompany && known.domain ? await findCompany(known.domain, http) : NOTHING;
}

// https://hunter.io/api-documentation/v2#combined-enrichment
async function findBoth(key: Query, http: Http): Promise<Part> {
	const response = await ask(http, '/combined/find', key);
	const data = knows(response) ? readAnswer(CombinedAnswer, response, 'hunter').data : undefined;
	// The company's own record knows it better than the person's does.
	return profile(
		response,
		{ ...personFacts(data?.person), ...withoutEmpty(companyFacts(data?.company)) },
		2,
	);
}

// https://hunter.io/api-documentation/v2#email-enrichment
async function findPerson(key: Query, http: Http): Promise<Part> {
	const response = await ask(http, '/people/find', key);
	const data = knows(response) ? readAnswer(PersonAnswer, response, 'hunter').data : undefined;
	return profile(response, personFacts(data), 1);
}

// https://hunter.io/api-documentation/v2#company-enrichment
async function findCompany(domain: string, http: Http): Promise<Part> {
	const response = await ask(http, '/companies/find', { domain });
	const data = knows(response) ? readAnswer(CompanyAnswer, response, 'hunter').data : undefined;
	return profile(response, companyFacts(data), 1);
}

function profile(response: HttpResponse, said: Parameters<typeof facts>[0], price: number): Part {
	const known = facts(said);
	const hit = Object.keys(known).length > 0;
	return { facts: known, credits: hit ? price : 0, ...apiVersion(response) };
}

const withoutEmpty = (said: object) =>
	Object.fromEntries(
		Object.entries(said).filter(([, value]) => value !== undefined && value !== null),
	);

type Query = NonNullable<HttpRequest['query']>;

/** 404: no data. 451: the person asked Hunter not to be processed. Both mean that nobody is known. */
const knows = ({ status }: HttpResponse) => status === 200;

const ask = async (http: Http, path: string, query: Query): Promise<HttpResponse> =>
	await http.send({
		method: 'GET',
		url: `${BASE}${path}`,
		query,
		accept: [404, 451],
		codeOf: refusal,
	});

/** Hunter's pages disagree on which of 403 and 429 is the rate and which the quota: the id decides. */
function refusal({ status, body }: HttpResponse): ErrorCode | undefined {
	if (status !== 403 && status !== 429) return undefined;
	const parsed = ErrorAnswer.safeParse(body);
	const ids = parsed.success ? parsed.data.errors.map(({ id }) => id ?? '').join(' ') : '';
	if (/too_many_requests|rate/.test(ids)) return 'RATE_LIMITED';
	if (/usage|quota|limit|credit/.test(ids)) return 'QUOTA_EXHAUSTED';
	return undefined;
}
