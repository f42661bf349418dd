import { z } from 'zod';
import { readAnswer } from '../../../runtime/answer';
import type { CrmOwner, CrmProperty } from '../port';
import type { Api } from './api';

const Properties = z.object({
	results: z.array(
		z.object({
			name: z.string(),
			label: z.string().nullish(),
			type: z.string(),
			fieldType: z.string().nullish(),
			options: z
				.array(
					z.object({
						value: z.string(),
						label: z.string(),
						hidden: z.boolean().nullish(),
						displayOrder: z.number().nullish(),
					}),
				)
				.nullish(),
			modificationMetadata: z.object({ readOnlyValue: z.boolean().nullish() }).nullish(),
		}),
	),
});

const TYPES = ['string', 'number', 'date', 'datetime', 'enumeration', 'bool'] as const;

/** https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
export async function properties(api: Api): Promise<CrmProperty[]> {
	const path = `${api.paths.properties}/contacts`;
	const response = await api.send({ method: 'GET', path });
	return readAnswer(Properties, response, 'hubspot').results.map((property) => ({
		name: property.name,
		label: property.label || property.name,
		type: TYPES.find((type) => type === property.type) ?? 'string',
		readOnly: property.modificationMetadata?.readOnlyValue ?? false,
		multiple: property.fieldType === 'checkbox',
		options: [...(property.options ?? [])]
			.sort((one, other) => (one.displayOrder ?? 0) - (other.displayOrder ?? 0))
			.map(({ value, label }) => ({ value, label })),
	}));
}

const Owners = z.object({
	results: z.array(
		z.object({
			id: z.string(),
			email: z.string().nullish(),
			firstName: z.string().nullish(),
			lastName: z.string().nullish(),
		}),
	),
	paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

const MOST_PAGES = 20;

/** https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide */
export async function owners(api: Api): Promise<CrmOwner[]> {
	const all: CrmOwner[] = [];
	let after: string | undefined;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const query = { limit: 100, after };
		const response = await api.send({ method: 'GET', path: api.paths.owners, query });
		const { results, paging } = readAnswer(Owners, response, 'hubspot');
		for (const { id, email, firstName, lastName } of results) {
			const name = [firstName, lastName].filter(Boolean).join(' ');
			all.push({ id, email: email ?? '', name: name || email || id });
		}
		after = paging?.next?.after;
		if (!after) break;
	}
	return all;
}

const Account = z.object({
	portalId: z.union([z.number(), z.string()]),
	uiDomain: z.string().nullish(),
});

/** https://developers.hubspot.com/docs/api-reference/latest/account/account-information/get-account-details */
export async function recordUrls(api: Api): Promise<(recordId: string) => string> {
	const response = await api.send({ method: 'GET', path: api.paths.account });
	const { portalId, uiDomain } = readAnswer(Account, response, 'hubspot');
	const base = `https://${uiDomain || 'app.hubspot.com'}/contacts/${portalId}/record/0-1`;
	return (recordId) => `${base}/${recordId}`;
}
