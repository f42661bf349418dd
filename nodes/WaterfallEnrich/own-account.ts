import type { IExecuteFunctions } from 'n8n-workflow';
import type { EnrichmentProvider } from '../../lib/vendors/enrichment/port';

/**
 * The provider as this node's credential sees it: what one account has paid for is not given to
 * another, and what one plan leaves out another may hold.
 */
export function ownAccount(
	node: IExecuteFunctions,
	provider: EnrichmentProvider,
): EnrichmentProvider {
	const { id } = node.getNode().credentials?.[provider.credential] ?? {};
	if (!id) return provider;
	const { revision } = provider;
	return { ...provider, revision: revision ? `${revision}.${id}` : id };
}
