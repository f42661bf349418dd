import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Pool } from '../../lib/domain/eligibility';
import { PipelineError } from '../../lib/domain/errors';
import { readOwners, type Owner } from '../../lib/domain/owner';

export interface RouteOptions {
	readonly keepExistingOwner?: string;
	readonly leadKey?: string;
	readonly preferWorkingNow?: boolean;
	readonly rememberDays?: number;
}

export function readOwnerList(node: IExecuteFunctions, index: number): Owner[] {
	const source = node.getNodeParameter('ownersSource', index);
	return readOwners(
		source === 'json'
			? node.getNodeParameter('ownersJson', index)
			: node.getNodeParameter('owners.values', index, []),
	);
}

/** n8n evaluates each pool's conditions; a pool without any takes every lead. */
export function readPools(node: IExecuteFunctions, index: number): Pool[] {
	const rows = node.getNodeParameter('pools.values', index, []) as IDataObject[];
	return rows.map((row, position) => ({
		name: poolName(row, position),
		members: String(row['members'] ?? '')
			.split(/[,;\s]+/)
			.filter(Boolean),
		matched: isMatched(
			node.getNodeParameter(
				`pools.values[${position}].conditions`,
				index,
				{},
				{ extractValue: true },
			),
			poolName(row, position),
		),
	}));
}

function poolName({ name }: IDataObject, position: number): string {
	if (typeof name === 'string' && name.trim()) return name.trim();
	throw new PipelineError('CONFIG_INVALID', `Pool ${position + 1} has no name. Give it one`);
}

function isMatched(conditions: unknown, pool: string): boolean {
	if (typeof conditions === 'boolean') return conditions;
	const untouched =
		conditions === undefined ||
		(typeof conditions === 'object' && conditions !== null && Object.keys(conditions).length === 0);
	if (untouched) return true;
	throw new PipelineError('CONFIG_INVALID', `The conditions of pool '${pool}' cannot be evaluated`);
}

/** What identifies the lead and the event, where the user has not said otherwise. */
export function readIdentity(json: IDataObject, options: RouteOptions) {
	const at = (...path: string[]) => {
		const value = path.reduce<unknown>(
			(place, key) => (place as IDataObject | null | undefined)?.[key],
			json,
		);
		return typeof value === 'string' && value ? value : undefined;
	};
	const email = at('lead', 'identity', 'email');
	const event = at('lead', 'source', 'eventId') ?? at('dedupe', 'key') ?? '';
	const phone = at('lead', 'identity', 'phone');
	const leadKey = options.leadKey || (email ?? phone ?? event);
	return { email, phone, event, leadKey: String(leadKey) };
}
