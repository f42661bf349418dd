import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import { apiVersion } from '../api-version';
import type { EnrichmentProvider, FieldPath } from './port';
import { enrich } from './zoominfo/ask';
import { findContacts } from './zoominfo/contacts';
import {
	cannotAskCompany,
	cannotAskPerson,
	companyFills,
	companyInput,
	companyOutput,
	personFills,
	personInput,
	personOutput,
	personRequired,
	RECORDS_AT_ONCE,
} from './zoominfo/input';
import { onlyOf } from './zoominfo/match';
import { readCompany, readContacts } from './zoominfo/records';

/**
 * ZoomInfo's current API. A record costs a credit once: for twelve months after it the account has it
 * "under management", and the price given here is the most that it can be.
 */
export const zoominfo: EnrichmentProvider = {
	id: 'zoominfo',
	title: 'ZoomInfo',
	credential: 'zoomInfoOAuth2Api',
	renewsToken: true,
	// Prices are a matter of contract and are not public.
	pricing: { perHit: 1, perCompanyHit: 1 },
	fills: personFills(FIELD_PATHS),
	cannotAsk: cannotAskPerson,

	async lookup(lead, http, wanted) {
		const { answers, version } = await enrichPeople([lead], http, wanted);
		return { ...onlyOf(answers[0], 'zoominfo'), ...version };
	},

	company: {
		fills: companyFills(FIELD_PATHS),
		cannotAsk: cannotAskCompany,

		// https://docs.zoominfo.com/reference/enrichinterface_enrichcompany
		async lookup(query, http) {
			const response = await enrich(http, {
				records: 'companies',
				input: { matchCompanyInput: [companyInput(query)] },
				outputFields: companyOutput,
			});
			return { ...onlyOf(readCompany(response), 'zoominfo'), ...apiVersion(response) };
		},
	},

	bulk: {
		size: RECORDS_AT_ONCE,
		async lookup(leads, http, wanted) {
			const { answers, version } = await enrichPeople(leads, http, wanted);
			return answers.map((answer) => ('kind' in answer ? { ...answer, ...version } : answer));
		},
	},

	contacts: { creditsAtMost: () => 0, find: findContacts },
};

// https://docs.zoominfo.com/reference/enrichinterface_enrichcontact
async function enrichPeople(leads: readonly Lead[], http: Http, wanted: readonly FieldPath[]) {
	const response = await enrich(http, {
		records: 'contacts',
		input: { matchPersonInput: leads.map(personInput) },
		outputFields: personOutput(wanted),
		requiredFields: personRequired(wanted),
	});
	return { answers: readContacts(response, leads), version: apiVersion(response) };
}
