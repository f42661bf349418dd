import type { NodeEgressFilter } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Egress } from '../../lib/runtime/send/egress';
import { connectionPool, type Pool } from '../../lib/runtime/send/pool';
import type { Context } from './context';

export interface WayOut {
	readonly egress: Egress;
	readonly pool: Pool;
}

/** n8n has one filter per policy and process, so that its connections are kept with it. */
const waysOut = new WeakMap<NodeEgressFilter, WayOut>();

/** The instance's egress policy with the connections made under it; undefined where n8n is older than its filter (2.x). */
export function wayOut(node: Context): WayOut | undefined {
	const { getSecureEgressFilter } = node.helpers;
	if (typeof getSecureEgressFilter !== 'function') return undefined;
	const filter = getSecureEgressFilter();
	const known = waysOut.get(filter) ?? open(filter);
	waysOut.set(filter, known);
	return known;
}

function open(filter: NodeEgressFilter): WayOut {
	const lookup = filter.createSecureLookup();
	return {
		pool: connectionPool({ lookup }),
		egress: {
			lookup,
			async check(url) {
				const result = await filter.validateUrl(url);
				if (result.ok) return;
				// A name that cannot be resolved is not a forbidden one.
				throw 'code' in result.error ? result.error : refused(url);
			},
			checkRedirect(url) {
				try {
					filter.validateRedirectSync(url.href);
				} catch {
					throw refused(url);
				}
			},
		},
	};
}

const refused = ({ host }: URL) =>
	new PipelineError('CONFIG_INVALID', `This n8n instance does not allow calls to ${host}`);
