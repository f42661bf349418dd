import type { EnrichmentProvider } from '../enrichment/port';

/** The provider as one that is never asked about a person. */
export function companyOnly(provider: EnrichmentProvider): EnrichmentProvider {
	const { id, title, credential, apiKeyHeader, renewsToken, revision, typicalMs } = provider;
	const { pricing, company } = provider;
	const { perHit, perCompanyHit = perHit } = pricing;
	const cannot = `${title} cannot be asked about a company alone`;
	return {
		id,
		title,
		credential,
		...(apiKeyHeader && { apiKeyHeader }),
		...(renewsToken && { renewsToken }),
		...(revision && { revision }),
		pricing: { ...pricing, perHit: perCompanyHit, atMost: perCompanyHit },
		...(typicalMs !== undefined && { typicalMs }),
		fills: company?.fills ?? [],
		cannotAsk: (lead) => (company ? company.cannotAsk(lead) : cannot),
		lookup: async () => await Promise.resolve({ kind: 'no-match', credits: 0 }),
		...(company && { company }),
	};
}
