import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseEmail } from '../../lib/domain/email';
import { PipelineError } from '../../lib/domain/errors';
import { parsePhone } from '../../lib/domain/phone';
import { subjectOfPerson } from '../../lib/runtime/store/subject';
import type { LeadItem } from '../shared/each-item';
import { parameterReader } from '../shared/plain-path';
import { scopeOf } from './key';

export interface Entity {
	/** In the store: a hash. */
	readonly key: string;
	/** Under which Forget finds it; only where the entity is an address or a number. */
	readonly subject?: string;
}

/** Reads whom an item is about, each once, in the order of their keys. Throws `INVALID_INPUT`. */
export function entityReader(node: IExecuteFunctions, kind: 'turn' | 'newest') {
	const read = parameterReader(node, 'entity');
	return ({ json, index }: LeadItem): Entity[] => {
		const { scope } = node.getNodeParameter('options', index, {}) as IDataObject;
		const space = `${kind}:v1:${scopeOf(node, scope === 'instance' ? scope : undefined)}`;
		const names = [read(json, index)].flat().map((name) => String(name ?? '').trim());
		if (names.length > 0 && !names.includes('')) {
			const entities = names.map((name) => ({ key: `${space}:${hash(name)}`, ...whose(name) }));
			const distinct = new Map(entities.map((entity) => [entity.key, entity]));
			return [...distinct.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
		}
		throw new PipelineError(
			'INVALID_INPUT',
			"'Entity' is empty for this item: it has to say whom the event is about",
		);
	};
}

const hash = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 40);

function whose(name: string): Pick<Entity, 'subject'> {
	const phone = name.startsWith('+') ? parsePhone(name)?.number : undefined;
	const subject = subjectOfPerson({ email: parseEmail(name)?.email, phone });
	return subject === undefined ? {} : { subject };
}
