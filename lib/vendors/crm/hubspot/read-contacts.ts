import { z } from 'zod';
import { readAnswer } from '../../../runtime/answer';
import type { Api } from './api';
import { inBatches } from './batch';

export interface Contact {
	readonly id: string;
	readonly properties: Readonly<Record<string, string | null>>;
	readonly url?: string;
}

const Answer = z.object({
	results: z.array(
		z.object({
			id: z.string(),
			properties: z.record(z.string(), z.string().nullable()),
			url: z.string().nullish(),
		}),
	),
});

/** The contacts that HubSpot knows by these addresses (lower case), with their owners and these properties. An address it does not know is absent. */
export async function readContacts(
	api: Api,
	wanted: { readonly emails: readonly string[]; readonly properties: readonly string[] },
): Promise<Map<string, Contact | Error>> {
	const emails = [...new Set(wanted.emails)];
	const asked = new Set([
		'email',
		'hs_additional_emails',
		'hubspot_owner_id',
		...wanted.properties,
	]);
	const answers = await inBatches(emails, async (part) => await read(api, part, [...asked]));
	const found = emails.map((email, index) => [email, answers[index]] as const);
	return new Map(
		found.filter((entry): entry is [string, Contact | Error] => entry[1] !== undefined),
	);
}

/**
 * https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide#retrieve-a-batch-of-contacts
 * Addresses that nobody has are reported in a 207, which is no failure here.
 */
async function read(api: Api, emails: readonly string[], properties: readonly string[]) {
	const response = await api.send({
		method: 'POST',
		path: `${api.paths.objects}/contacts/batch/read`,
		body: { idProperty: 'email', properties, inputs: emails.map((id) => ({ id })) },
		// Reads only.
		idempotent: true,
	});
	const byEmail = new Map<string, Contact>();
	for (const { id, properties: values, url } of readAnswer(Answer, response, 'hubspot').results) {
		const contact = { id, properties: values, ...(url && { url }) };
		for (const email of addressesOf(contact)) byEmail.set(email, contact);
	}
	return emails.map((email) => byEmail.get(email));
}

/** A merged contact is found by each of its addresses; the main one wins the record's name. */
function addressesOf({ properties }: Contact): string[] {
	const more = properties['hs_additional_emails']?.split(';') ?? [];
	return [...more, properties['email'] ?? ''].map((email) => email.trim().toLowerCase());
}
