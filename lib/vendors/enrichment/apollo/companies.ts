import { PipelineError } from '../../../domain/errors';
import { facts } from '../../../domain/enrichment-facts';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { CompanyQuery, Lookup } from '../port';
import { organizationFacts, OrganizationsAnswer, type Organization } from './answers';
import { ask, BASE } from './ask';

export const COMPANIES_AT_ONCE = 10;

/** One request for up to ten companies. https://docs.apollo.io/reference/bulk-organization-enrichment */
export async function matchCompanies(
	queries: readonly CompanyQuery[],
	http: Http,
	lookupOf: (organization: Organization) => Lookup,
): Promise<ReadonlyArray<Lookup | PipelineError>> {
	const response = await ask(http, {
		method: 'POST',
		url: `${BASE}/organizations/bulk_enrich`,
		body: { details: queries.map(({ domain }) => ({ domain })) },
		idempotent: true,
	});
	const { organizations } = readAnswer(OrganizationsAnswer, response, 'apollo');
	const version = apiVersion(response);
	const inOrder = byDomain(
		queries,
		organizations.filter((one) => one !== null && one !== undefined),
	);
	return inOrder.map((one) => (one === 'unclear' ? mixedUp() : { ...lookupOf(one), ...version }));
}

type Known = NonNullable<Organization>;

/** Whose answer is whose: those who are unknown are left out, and one may be known by another domain. */
function byDomain(
	queries: readonly CompanyQuery[],
	known: readonly Known[],
): Array<Known | undefined | 'unclear'> {
	const placed = queries.map(({ domain }) => known.find((one) => domainOf(one) === domain));
	const left = known.filter((one) => !placed.includes(one));
	const open = placed.filter((one) => one === undefined).length;
	const others = left.values();
	return placed.map((one) => {
		if (one || left.length === 0) return one;
		return open === left.length ? others.next().value : 'unclear';
	});
}

const domainOf = (organization: Known) => facts(organizationFacts(organization))['company.domain'];

const mixedUp = () =>
	new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		'apollo knows a company of several by another domain than was asked, and does not say which',
		{ vendor: 'apollo' },
	);
