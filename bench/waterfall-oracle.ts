import type { FieldPath, Facts } from '../lib/domain/enrichment-fields';
import { COMPANY, domainOf, emailOf, PERSON, SOURCES, type World } from './waterfall-world';

type Filled = ReadonlyMap<string, readonly FieldPath[]>;

/**
 * The least money for which one who knows beforehand who has what can fill the same fields: for each
 * company the best set of company calls, paid once, and for each person the best set of person calls.
 * Exact: all sets are tried.
 */
export function oracleUsd(world: World, filled: Filled): number {
	let total = 0;
	for (const domain of new Set(world.leads.map(domainOf))) {
		const leads = world.leads.filter((lead) => domainOf(lead) === domain);
		const companyNeed = new Set(leads.flatMap((lead) => needOf(filled, emailOf(lead), COMPANY)));
		const people = leads.map((lead) => ({
			email: emailOf(lead),
			need: needOf(filled, emailOf(lead), PERSON),
			company: needOf(filled, emailOf(lead), COMPANY),
		}));
		total += Math.min(
			...SETS.map((set) => {
				const known = union(set.map((id) => world.companies.get(id)?.get(domain) ?? {}));
				const price = sum(set, (id) => usd(id, 'perCompanyHit'));
				const open = companyNeed.size > 0 ? people : people.map((one) => ({ ...one, company: [] }));
				return price + sum(open, (one) => personUsd(world, domain, { ...one, known }));
			}),
		);
	}
	return total;
}

/** The cheapest calls about one person, where `known` of the company is there already. */
function personUsd(
	world: World,
	domain: string,
	one: {
		readonly email: string;
		readonly need: readonly FieldPath[];
		readonly company: readonly FieldPath[];
		readonly known: ReadonlySet<string>;
	},
): number {
	const rest = one.company.filter((path) => !one.known.has(path));
	return Math.min(
		...SETS.flatMap((set) => {
			const person = union(set.map((id) => world.persons.get(id)?.get(one.email) ?? {}));
			if (!one.need.every((path) => person.has(path))) return [];
			if (rest.length === 0) return [sum(set, (id) => usd(id, 'perPersonHit'))];
			// One answer may hold the company as well, of a source that knows the person.
			const knowing = set.filter(
				(id) => Object.keys(world.persons.get(id)?.get(one.email) ?? {}).length,
			);
			const along = union(knowing.map((id) => world.companies.get(id)?.get(domain) ?? {}));
			return rest.every((path) => along.has(path)) ? [sum(set, (id) => usd(id, 'perHit'))] : [];
		}),
		Infinity,
	);
}

const IDS = SOURCES.map(({ id }) => id);
const SETS = Array.from({ length: 2 ** IDS.length }, (_, bits) =>
	IDS.filter((_id, place) => bits & (1 << place)),
);

const needOf = (filled: Filled, email: string, of: readonly FieldPath[]) =>
	(filled.get(email) ?? []).filter((path) => of.includes(path));

const union = (all: readonly Facts[]): ReadonlySet<string> => new Set(all.flatMap(Object.keys));

function usd(id: string, what: 'perHit' | 'perPersonHit' | 'perCompanyHit'): number {
	const pricing = SOURCES.find((source) => source.id === id)?.pricing;
	return pricing ? pricing[what] * pricing.currencyPerCredit : 0;
}

const sum = <T>(all: readonly T[], of: (one: T) => number) =>
	all.reduce((total, one) => total + of(one), 0);
