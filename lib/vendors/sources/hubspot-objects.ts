import { isRecord } from '../../domain/form';
import { byName } from './by-name';
import type { SourceRecord } from './port';
import { first, part, type Payload, text } from './read';

/** v1 writes `{ value, versions }`, the newer API the value. */
export const valuesOf = (properties: Payload): Payload =>
	Object.fromEntries(
		Object.entries(properties).map(([name, value]) => [
			name,
			isRecord(value) ? value['value'] : value,
		]),
	);

const DIGITS = /^\d+$/;
const PERSON = ['email', 'firstname', 'lastname'];

/** What a company or a deal has, and a contact has not. */
function objectOf(one: Payload): 'company' | 'deal' | undefined {
	const properties = part(one['properties']);
	if ('vid' in one || PERSON.some((name) => name in properties)) return undefined;
	const has = (names: readonly string[]) => names.some((name) => name in properties);
	if ('dealId' in one || has(['dealname', 'dealstage'])) return 'deal';
	return 'companyId' in one || has(['name', 'domain']) ? 'company' : undefined;
}

const idOf = (one: Payload) => text(first(one['companyId'], one['dealId'], one['id']));

/** A company or a deal as the CRM API gives it, now (`id`) or as workflows send it. */
export const isHubspotObject = (one: Payload) =>
	isRecord(one['properties']) && DIGITS.test(idOf(one) ?? '') && objectOf(one) !== undefined;

// https://developers.hubspot.com/docs/api-reference/crm-companies-v3/guide
// https://developers.hubspot.com/docs/api-reference/crm-deals-v3/guide
export function hubspotObject(one: Payload): SourceRecord {
	const object = objectOf(one) ?? 'company';
	const properties = valuesOf(part(one['properties']));
	return {
		kind: object === 'deal' ? 'opportunity' : 'account',
		system: 'hubspot',
		recordId: idOf(one),
		event: `${object}.updated`,
		occurredAt: first(properties['hs_lastmodifieddate'], one['updatedAt']),
		...byName(properties),
	};
}
