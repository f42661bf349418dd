import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { LeadItem } from '../shared/each-item';
import { parameterReader } from '../shared/plain-path';
import { scopeOf } from './key';

/** Reads whom an item is about, as keys of the store: hashes, sorted, each once. Throws `INVALID_INPUT`. */
export function entityReader(node: IExecuteFunctions, kind: 'turn' | 'newest') {
	const read = parameterReader(node, 'entity');
	return ({ json, index }: LeadItem): string[] => {
		const { scope } = node.getNodeParameter('options', index, {}) as IDataObject;
		const space = `${kind}:v1:${scopeOf(node, scope === 'instance' ? scope : undefined)}`;
		const names = [read(json, index)].flat().map((name) => String(name ?? '').trim());
		if (names.length > 0 && !names.includes('')) {
			return [...new Set(names.map((name) => `${space}:${hash(name)}`))].sort();
		}
		throw new PipelineError(
			'INVALID_INPUT',
			"'Entity' is empty for this item: it has to say whom the event is about",
		);
	};
}

const hash = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 40);
