import type { ExistingContact } from '../port';
import type { Api } from './api';
import { readContacts, type Contact } from './read-contacts';

/** In the order of the addresses; undefined for one that HubSpot does not know. */
export async function findContacts(
	api: Api,
	emails: readonly string[],
): Promise<Array<ExistingContact | Error | undefined>> {
	const asked = emails.map((email) => email.trim().toLowerCase());
	const found = await readContacts(api, { emails: asked, properties: ['lifecyclestage'] });
	return asked.map((email) => {
		const contact = found.get(email);
		return contact instanceof Error || !contact ? contact : toExisting(contact);
	});
}

function toExisting({ id, properties, url }: Contact): ExistingContact {
	const { hubspot_owner_id: ownerId, lifecyclestage: stage } = properties;
	return {
		recordId: id,
		...(ownerId && { ownerId }),
		...(stage && { stage }),
		...(url && { url }),
	};
}
