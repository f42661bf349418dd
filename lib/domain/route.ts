import { judge, membersOf, type Judged, type Pool } from './eligibility';
import { PipelineError } from './errors';
import { maskValue } from './mask';
import { ownerBy, type Owner } from './owner';

/** What to do with a lead, before a turn is taken. */
export type Plan =
	| { readonly kind: 'keep'; readonly owner: Owner; readonly others: readonly Owner[] }
	| { readonly kind: 'turn'; readonly pool: string; readonly members: readonly Judged[] }
	| {
			readonly kind: 'fallback';
			readonly owner: Owner;
			readonly pool?: string;
			readonly members: readonly Judged[];
			readonly reason: string;
	  };

export interface RouteRequest {
	readonly owners: readonly Owner[];
	/** In order: the first that matched wins. */
	readonly pools: readonly Pool[];
	/** Email of the owner who gets what nobody else can; empty for none. */
	readonly fallback: string;
	/** Id or email of the owner that the CRM has already; empty for none. */
	readonly existing: string;
	readonly preferWorkingNow: boolean;
	/** Epoch ms. */
	readonly now: number;
}

/**
 * Decides who may get the lead. Throws `CONFIG_INVALID` when a pool or the fallback names somebody
 * unknown, and when nobody is left and no fallback owner is set: a lead is never dropped.
 */
export function plan(request: RouteRequest): Plan {
	checkPools(request);
	const kept = existingOwner(request);
	if (kept) {
		return { kind: 'keep', owner: kept, others: request.owners.filter((one) => one !== kept) };
	}
	const pool = request.pools.find(({ matched }) => matched);
	if (!pool) return fallBack(request, 'no pool matched the lead', []);
	const members = judge(membersOf(pool, request.owners), request);
	if (members.some(({ rejected }) => rejected === undefined)) {
		return { kind: 'turn', pool: pool.name, members };
	}
	return fallBack(request, `nobody in '${pool.name}' is eligible`, members, pool.name);
}

/** Who owns the lead already, by the CRM's word; nobody when that owner is switched off or not in the list. */
export function existingOwner({ owners, existing }: RouteRequest): Owner | undefined {
	const owner = ownerBy(owners, existing);
	return owner?.active ? owner : undefined;
}

function checkPools({ owners, pools, fallback }: RouteRequest) {
	const names = pools.map(({ name }) => name);
	const doubled = names.find((name, index) => names.indexOf(name) !== index);
	if (doubled !== undefined) {
		throw invalid(
			`Two pools are named '${doubled}'. Each needs a name of its own: it has the turns`,
		);
	}
	for (const pool of pools) membersOf(pool, owners);
	if (fallback && !ownerBy(owners, fallback)) {
		throw invalid(`The fallback owner ${maskValue(fallback)} is not among the owners. Add them`);
	}
}

function fallBack(
	{ owners, fallback }: RouteRequest,
	reason: string,
	members: readonly Judged[],
	pool?: string,
): Plan {
	const owner = fallback ? ownerBy(owners, fallback) : undefined;
	const lost = members.map((one) => `${one.owner.name} is ${one.rejected}`).join('; ');
	const why = lost ? `${reason} (${lost})` : reason;
	if (!owner) {
		throw invalid(`Nobody can get the lead: ${why}, and no 'Fallback Owner' is set. Set one`);
	}
	if (!owner.active) {
		throw invalid(`Nobody can get the lead: ${why}, and the fallback owner is switched off`);
	}
	return { kind: 'fallback', owner, members, reason, ...(pool !== undefined && { pool }) };
}

const invalid = (message: string) => new PipelineError('CONFIG_INVALID', message);
