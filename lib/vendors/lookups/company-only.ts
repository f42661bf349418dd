import type { EnrichmentProvider } from '../enrichment/port';

/** The provider as one that is never asked about a person. */
export function companyOnly(provider: EnrichmentProvider): EnrichmentProvider {
	const { later, bulk, emailVerifier, contacts, ...rest } = provider;
	const { title, pricing, company } = provider;
	const { perHit, perCompanyHit = perHit } = pricing;
	const cannot = `${title} cannot be asked about a company alone`;
	return {
		...rest,
		pricing: { ...pricing, perHit: perCompanyHit, atMost: perCompanyHit },
		fills: company?.fills ?? [],
		cannotAsk: (lead) => (company ? company.cannotAsk(lead) : cannot),
		lookup: async () => await Promise.resolve({ kind: 'no-match', credits: 0 }),
	};
}
