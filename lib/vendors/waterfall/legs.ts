import type { FieldPath } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { CompanyQuery, EnrichmentProvider, Pricing } from '../enrichment/port';
import { companyOf } from '../lookup-cache/key';
import type { Step } from './order';

/** One question to a provider: about the person, or about the company alone, which many leads share. */
export type Leg =
	| { readonly part: 'person'; readonly wanted: readonly FieldPath[] }
	| {
			readonly part: 'company';
			readonly wanted: readonly FieldPath[];
			readonly query: CompanyQuery;
	  };

export interface Plan {
	readonly atOnce: readonly Leg[];
	/** Asked afterwards, should nothing of the company have come along. */
	readonly ifNoCompany?: Leg;
}

export const priceOf = ({ provider, pricing }: Step): Pricing => ({
	...provider.pricing,
	...pricing,
});

/** The most that a question can cost: so much is set aside before it. */
export function creditsAtMost(step: Step, { part, wanted }: Pick<Leg, 'part' | 'wanted'>): number {
	const { perHit, perCompanyHit = perHit, atMost } = priceOf(step);
	const { later } = step.provider;
	if (part === 'person' && later?.instead && later.creditsAtMost) {
		return Math.max(step.pricing?.perHit ?? 0, later.creditsAtMost(wanted));
	}
	return atMost ?? (part === 'company' ? perCompanyHit : perHit);
}

/** What a step may fill. */
export const fillsOf = ({ fields, provider }: Step): FieldPath[] =>
	[...new Set([...provider.fills, ...(provider.company?.fills ?? [])])].filter(
		(path) => fields.length === 0 || fields.includes(path),
	);

/** Why a provider can be asked neither about the person nor about the company; null when it can. */
export function whyNot(provider: EnrichmentProvider, lead: Lead, need: readonly FieldPath[]) {
	const reason = provider.cannotAsk(lead);
	if (reason === null || companyLeg(provider, lead, need)) return null;
	return reason;
}

export function companyLeg(
	{ company }: EnrichmentProvider,
	lead: Lead,
	need: readonly FieldPath[],
): Extract<Leg, { part: 'company' }> | undefined {
	const wanted = need.filter((path) => isCompany(path) && company?.fills.includes(path));
	if (!company || wanted.length === 0 || company.cannotAsk(lead) !== null) return undefined;
	return { part: 'company', wanted, query: companyOf(lead) };
}

/**
 * The cheapest way to ask for what is needed. The company is asked for by itself where nothing else is
 * needed, where its answer is kept already, where that costs no more than one answer for both (the next
 * lead of the company then gets it for nothing), or where it is worth the price because time presses.
 */
export function planOf(
	step: Step,
	lead: Lead,
	ask: {
		readonly need: readonly FieldPath[];
		readonly companyKept: boolean;
		readonly companyBeside: boolean;
	},
): Plan {
	const { provider } = step;
	const { need } = ask;
	const company = companyLeg(provider, lead, need);
	const whole: Leg = { part: 'person', wanted: need };
	if (!company) return { atOnce: [whole] };
	const rest = need.filter((path) => !company.wanted.includes(path));
	if (rest.length === 0 || provider.cannotAsk(lead) !== null) return { atOnce: [company] };
	const apart = ask.companyKept || ask.companyBeside || costsNoMoreApart(priceOf(step));
	if (!apart) return { atOnce: [whole], ifNoCompany: company };
	return { atOnce: [company, { part: 'person', wanted: rest }] };
}

const costsNoMoreApart = ({ perHit, perPersonHit = perHit, perCompanyHit = perHit }: Pricing) =>
	perPersonHit + perCompanyHit <= perHit;

export const isCompany = (path: FieldPath) => path.startsWith('company.');
