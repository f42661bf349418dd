import {
	factList,
	missingOf,
	type FactValue,
	type FieldPath,
	type Facts,
} from './enrichment-fields';
import { trustIn, type MergeRules, type Offer } from './enrichment-offer';
import type { Lead } from './lead';
import { sameCompany, sameName, type CompanyName } from './same-company';

/** A provider contradicted what the lead already said; the lead's value stands. */
export interface Conflict {
	readonly field: FieldPath;
	readonly kept: unknown;
	readonly offered: unknown;
	readonly provider: string;
	/** Facts left out because they belong to the other company; on the provider's first conflict. */
	readonly withheld?: readonly FieldPath[];
}

export interface Judged<From extends Offer> {
	readonly offer: From;
	/** What it says of another company than the lead's. */
	readonly withheld: ReadonlySet<FieldPath>;
}

/**
 * Which answers speak of the lead's company. Where the lead names none, the best answer that does
 * decides: the one trusted most for it, then the one ranked lowest.
 */
export function judgeCompanies<From extends Offer>(
	lead: Lead,
	offers: readonly From[],
	rules: MergeRules,
): { readonly judged: readonly Judged<From>[]; readonly conflicts: readonly Conflict[] } {
	const trust = (offer: Offer) => Math.min(...IDENTITY.map((path) => trustIn(offer, path, rules)));
	const inOrder = [...offers].sort((a, b) => compare(trust(a), trust(b)) || a.rank - b.rank);
	const judged: Judged<From>[] = [];
	const conflicts: Conflict[] = [];
	let ours: CompanyName = { name: lead.company.name, domain: lead.company.domain };
	for (const offer of inOrder) {
		const theirs = companyOf(offer.facts);
		const other = !sameCompany(ours, theirs);
		const said = factList(offer.facts).map(([path]) => path);
		const withheld = new Set(other ? said.filter(isAboutJob) : []);
		judged.push({ offer, withheld });
		const lost = missingOf(lead, offer.allowed).filter((path) => withheld.has(path));
		conflicts.push(...conflictsWith(ours, offer, lost));
		if (!other) ours = joined(ours, theirs, offer.allowed);
	}
	return { judged, conflicts };
}

const IDENTITY = ['company.name', 'company.domain'] as const;

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

const companyOf = (facts: Facts): CompanyName => ({
	name: textOf(facts['company.name']),
	domain: textOf(facts['company.domain']),
});

const textOf = (value: FactValue | undefined) => (typeof value === 'string' ? value : undefined);

const joined = (
	ours: CompanyName,
	theirs: CompanyName,
	allowed: readonly FieldPath[],
): CompanyName => ({
	name: ours.name ?? (allowed.includes('company.name') ? theirs.name : undefined),
	domain: ours.domain ?? (allowed.includes('company.domain') ? theirs.domain : undefined),
});

const isAboutJob = (path: FieldPath) => path.startsWith('company.') || JOB.has(path);
const JOB: ReadonlySet<FieldPath> = new Set([
	'person.title',
	'person.seniority',
	'person.department',
]);

function conflictsWith(ours: CompanyName, offer: Offer, lost: readonly FieldPath[]): Conflict[] {
	const { facts, provider } = offer;
	const kept = { 'company.name': ours.name, 'company.domain': ours.domain };
	const withheld = lost.filter((path) => !IDENTITY.some((one) => one === path && kept[one]));
	return IDENTITY.flatMap((field) => {
		const offered = facts[field];
		return offered !== undefined && contradicts(field, kept[field], offered)
			? [{ field, kept: kept[field], offered, provider }]
			: [];
	}).map((conflict, index) => ({
		...conflict,
		...(index === 0 && withheld.length > 0 && { withheld }),
	}));
}

/** Whether two values of a field say different things; an absent one says nothing. */
export function contradicts(path: FieldPath, kept: unknown, offered: FactValue): boolean {
	if (kept === undefined || kept === null || kept === '') return false;
	if (typeof kept === 'string' && typeof offered === 'string') {
		if (path === 'company.name') return !sameName(kept, offered);
		return kept.trim().toLowerCase() !== offered.trim().toLowerCase();
	}
	return JSON.stringify(sorted(kept)) !== JSON.stringify(sorted(offered));
}

const sorted = (value: unknown) =>
	Array.isArray(value) ? value.map((one) => String(one).toLowerCase()).sort() : value;
