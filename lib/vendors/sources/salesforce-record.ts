import { own } from '../../domain/own';
import { byName } from './by-name';
import type { SourceRecord } from './port';
import { type Payload, present } from './read';

const KINDS: Readonly<Record<string, SourceRecord['kind']>> = {
	lead: 'lead',
	contact: 'lead',
	account: 'account',
	opportunity: 'opportunity',
};

/** What a record of this type is about. */
export const kindOf = (objectType: string | undefined): SourceRecord['kind'] =>
	own(KINDS, objectType?.toLowerCase() ?? '') ?? 'other';

/** Fields of a record under our names. `Email__c`, a field of the customer's own, is `Email`. */
export function recordFields(record: Payload) {
	const named = Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name.replace(/__c$/i, ''), value]),
	);
	const { custom, ...said } = byName(named);
	return { ...said, custom: present(custom) };
}
