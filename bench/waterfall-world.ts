import type { FieldPath, Facts, FactValue } from '../lib/domain/enrichment-fields';
import { Lead } from '../lib/domain/lead';
import type { EnrichmentProvider, Lookup, Pricing } from '../lib/vendors/enrichment/port';

export const LEADS = 1_000;
export const COMPANIES = 100;

export const PERSON = [
	'person.title',
	'person.seniority',
	'identity.phone',
	'person.linkedinUrl',
] as const;
export const COMPANY = ['company.industry', 'company.employeeCount', 'company.revenue'] as const;

export type Rates = Readonly<Partial<Record<FieldPath, number>>>;

/** What a provider knows and costs. Rates are 0 to 1, and those of fields hold where it knows the person or company. */
export interface Source {
	readonly id: string;
	readonly knowsPerson: number;
	readonly knowsCompany: number;
	readonly rates: Rates;
	/** Median of one call, ms; log-normal with a sigma of 0.5. */
	readonly medianMs: number;
	readonly pricing: Required<Omit<Pricing, 'atMost'>>;
}

const RATES: Rates = {
	'person.title': 0.95,
	'person.seniority': 0.9,
	'person.linkedinUrl': 0.85,
	'company.industry': 0.97,
	'company.employeeCount': 0.9,
	'company.revenue': 0.6,
};

/**
 * Three sources of the kinds that there are: a cheap broad one that answers person and company together,
 * one that charges for each, and a dear one that knows more. Hit rates as published for single providers
 * (35 to 75 %, 80 to 90 % for three together); prices as of public lists.
 */
export const SOURCES: readonly Source[] = [
	{
		id: 'broad',
		knowsPerson: 0.62,
		knowsCompany: 0.85,
		rates: { ...RATES, 'identity.phone': 0.3 },
		medianMs: 450,
		pricing: { perHit: 1, perPersonHit: 1, perCompanyHit: 1, currencyPerCredit: 0.02 },
	},
	{
		id: 'apart',
		knowsPerson: 0.48,
		knowsCompany: 0.75,
		rates: { ...RATES, 'identity.phone': 0.15 },
		medianMs: 350,
		pricing: { perHit: 2, perPersonHit: 1, perCompanyHit: 1, currencyPerCredit: 0.0245 },
	},
	{
		id: 'deep',
		knowsPerson: 0.7,
		knowsCompany: 0.9,
		rates: { ...RATES, 'identity.phone': 0.55 },
		medianMs: 600,
		pricing: { perHit: 1, perPersonHit: 1, perCompanyHit: 0.4, currencyPerCredit: 0.28 },
	},
];

/** mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export interface World {
	readonly leads: readonly Lead[];
	/** What each source knows of a person (by address) and of a company (by domain). */
	readonly persons: ReadonlyMap<string, ReadonlyMap<string, Facts>>;
	readonly companies: ReadonlyMap<string, ReadonlyMap<string, Facts>>;
}

/** Large companies send most of the leads; a quarter of the people are hard to find for everybody. */
export function worldOf(seed: number): World {
	const random = seeded(seed);
	const companyOf = () => Math.floor(COMPANIES * random() ** 2);
	const places = Array.from({ length: LEADS }, companyOf);
	const leads = places.map((place, index) => leadOf(index, `company${place}.com`));
	const known = (rate: number, fields: readonly FieldPath[], { rates }: Source): Facts =>
		random() < rate
			? Object.fromEntries(
					fields.flatMap((path) => (random() < (rates[path] ?? 0) ? [[path, VALUES[path]]] : [])),
				)
			: {};
	const obscure = new Set(leads.filter(() => random() < 0.25));
	const persons = SOURCES.map((source) => {
		const rateOf = (lead: Lead) => source.knowsPerson * (obscure.has(lead) ? 0.3 : 1.23);
		return [
			source.id,
			new Map(leads.map((lead) => [emailOf(lead), known(rateOf(lead), PERSON, source)])),
		] as const;
	});
	const companies = SOURCES.map((source) => {
		const all = Array.from({ length: COMPANIES }, (_, place) => `company${place}.com`);
		const facts = all.map(
			(domain) => [domain, known(source.knowsCompany, COMPANY, source)] as const,
		);
		return [source.id, new Map(facts)] as const;
	});
	return { leads, persons: new Map(persons), companies: new Map(companies) };
}

const VALUES: Readonly<Partial<Record<FieldPath, FactValue>>> = {
	'person.title': 'Director of Operations',
	'person.seniority': 'director',
	'identity.phone': '+16175550142',
	'person.linkedinUrl': 'https://www.linkedin.com/in/someone',
	'company.industry': 'Logistics',
	'company.employeeCount': 350,
	'company.revenue': 40_000_000,
};

export const emailOf = ({ identity }: Lead) => identity.email ?? '';
export const domainOf = ({ company }: Lead) => company.domain ?? '';

const leadOf = (index: number, domain: string): Lead =>
	Lead.parse({
		schemaVersion: 1,
		identity: { email: `person${index}@${domain}`, emailKind: 'business' },
		person: { firstName: 'Some', lastName: `One${index}` },
		company: { domain },
		attribution: {},
		consent: {},
		activities: [],
		custom: {},
		source: {
			system: 'form',
			event: 'webform_submitted',
			occurredAt: '2026-11-01T10:00:00Z',
			receivedAt: '2026-11-01T10:00:01Z',
		},
	});

export interface Meter {
	calls: number;
	usd: number;
}

/** The sources as providers: they wait as long as such a call takes, and charge for what they know. */
export function providersOf(
	world: World,
	{
		sleep,
		random,
		meter,
		onlyWanted = [],
		bulk = false,
	}: {
		readonly sleep: (ms: number) => Promise<void>;
		readonly random: () => number;
		readonly meter: Meter;
		/** Sources that answer, and charge, only for a record that holds something of what is wanted. */
		readonly onlyWanted?: readonly string[];
		/** Whether ten go into one request. */
		readonly bulk?: boolean;
	},
): EnrichmentProvider[] {
	const travel = async ({ medianMs }: Source) => {
		meter.calls += 1;
		await sleep(medianMs * Math.exp(0.5 * normal(random)));
	};
	const said = ({ pricing }: Source, fields: Facts, credits: number): Lookup => {
		if (Object.keys(fields).length === 0) return { kind: 'no-match', credits: 0 };
		meter.usd += credits * pricing.currencyPerCredit;
		return { kind: 'found', fields, credits };
	};
	return SOURCES.map((source): EnrichmentProvider => {
		const { id, medianMs, pricing } = source;
		const company = (domain: string) => world.companies.get(id)?.get(domain) ?? {};
		const personSaid = (lead: Lead, wanted: readonly FieldPath[]): Lookup => {
			const person = world.persons.get(id)?.get(emailOf(lead)) ?? {};
			const both = wanted.some((path) => path.startsWith('company.'));
			const known = Object.keys(person).length > 0;
			const told = { ...person, ...(both && known && company(domainOf(lead))) };
			const useless = onlyWanted.includes(id) && !wanted.some((path) => path in told);
			return said(source, useless ? {} : told, both ? pricing.perHit : pricing.perPersonHit);
		};
		const companySaid = (domain: string): Lookup =>
			said(source, company(domain), pricing.perCompanyHit);
		return {
			id,
			title: id,
			credential: `${id}Api`,
			fills: [...PERSON, ...COMPANY],
			pricing,
			typicalMs: medianMs,
			cannotAsk: () => null,
			async lookup(lead, _http, wanted) {
				await travel(source);
				return personSaid(lead, wanted);
			},
			company: {
				fills: COMPANY,
				cannotAsk: () => null,
				async lookup({ domain = '' }) {
					await travel(source);
					return companySaid(domain);
				},
				...(bulk && {
					bulk: {
						size: IN_ONE,
						async lookup(queries) {
							await travel(source);
							return queries.map(({ domain = '' }) => companySaid(domain));
						},
					},
				}),
			},
			...(bulk && {
				bulk: {
					size: IN_ONE,
					async lookup(leads, _http, wanted) {
						await travel(source);
						return leads.map((lead) => personSaid(lead, wanted));
					},
				},
			}),
		};
	});
}

const IN_ONE = 10;

/** Box and Muller. */
const normal = (random: () => number) =>
	Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
