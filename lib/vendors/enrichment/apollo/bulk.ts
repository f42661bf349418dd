import { PipelineError } from '../../../domain/errors';
import type { Lead } from '../../../domain/lead';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { Lookup } from '../port';
import { PeopleAnswer, type Person } from './answers';
import { ask, BASE, detailsOf } from './ask';

export const PEOPLE_AT_ONCE = 10;

/** One request for up to ten people. https://docs.apollo.io/reference/bulk-people-enrichment */
export async function matchPeople(
	leads: readonly Lead[],
	http: Http,
	lookupOf: (person: Person, price: number) => Lookup,
): Promise<ReadonlyArray<Lookup | PipelineError>> {
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/people/bulk_match`,
		query: { reveal_personal_emails: false, reveal_phone_number: false },
		body: { details: leads.map(detailsOf) },
		idempotent: true,
	});
	const { matches, credits_consumed } = readAnswer(PeopleAnswer, response, 'apollo');
	const version = apiVersion(response);
	const hits = matches.filter((person) => lookupOf(person, 1).kind === 'found').length;
	const price = hits > 0 ? (credits_consumed ?? hits) / hits : 0;
	const inOrder = matches.length === leads.length ? matches : byIdentity(leads, matches);
	if (!inOrder) return leads.map(() => mixedUp(leads.length, matches.length));
	return inOrder.map((person) => ({ ...lookupOf(person, price), ...version }));
}

/** Whose answer is whose, where places do not say it; undefined when somebody cannot be told apart. */
function byIdentity(leads: readonly Lead[], matches: readonly Person[]): Person[] | undefined {
	const people = matches.filter((person) => person?.id ?? person?.name);
	const inOrder = leads.map((lead) => people.find((person) => isPerson(lead, person)));
	const placed = new Set(inOrder.filter((person) => person !== undefined));
	return placed.size === people.length ? inOrder : undefined;
}

function isPerson({ identity, person: ours }: Lead, theirs: Person): boolean {
	const name = ours.fullName ?? `${ours.firstName} ${ours.lastName}`;
	return (
		same(identity.email, theirs?.email) ||
		same(handle(ours.linkedinUrl), handle(theirs?.linkedin_url)) ||
		same(name, theirs?.name)
	);
}

const handle = (url: string | null | undefined) => /\/in\/([^/?#]+)/.exec(url ?? '')?.[1];
const same = (a: string | undefined, b: string | null | undefined) =>
	Boolean(a) && a?.toLowerCase() === b?.toLowerCase();

const mixedUp = (asked: number, answered: number) =>
	new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		`apollo answered ${answered} of ${asked} people, and some of them cannot be told apart`,
		{ vendor: 'apollo' },
	);
