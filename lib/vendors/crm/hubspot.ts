import { openApi } from './hubspot/api';
import { upsertContacts } from './hubspot/contacts';
import { owners, properties, recordUrls } from './hubspot/account';
import { findContacts } from './hubspot/find-contacts';
import { createTask } from './hubspot/tasks';
import type { CrmVendor } from './port';

export const hubspot: CrmVendor = {
	id: 'hubspot',
	title: 'HubSpot',
	credentials: [
		{ type: 'hubspotAppToken', oauth2: false },
		{ type: 'hubspotOAuth2Api', oauth2: true },
	],
	apiVersions: ['2026-09', 'v3'],
	/**
	 * Text properties of every account. `numemployees` is left out: on contacts it is a list of ranges
	 * that each account may change, so it has to be mapped by hand.
	 */
	standardFields: {
		firstName: 'firstname',
		lastName: 'lastname',
		phone: 'phone',
		title: 'jobtitle',
		company: 'company',
		website: 'website',
		industry: 'industry',
		revenue: 'annualrevenue',
		city: 'city',
		country: 'country',
	},
	stageProperty: 'lifecyclestage',
	open(http, { apiVersion }) {
		const api = openApi(http, apiVersion);
		return {
			id: 'hubspot',
			findContacts: async (emails) => await findContacts(api, emails),
			upsertContacts: async (writes) => await upsertContacts(api, writes),
			createTask: async (task) => await createTask(api, task),
			properties: async () => await properties(api),
			owners: async () => await owners(api),
			recordUrls: async () => await recordUrls(api),
		};
	},
};
