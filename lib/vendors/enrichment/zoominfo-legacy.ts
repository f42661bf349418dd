import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { EnrichmentProvider, FieldPath } from './port';
import { Company, Contact } from './zoominfo/answers';
import {
	cannotAskCompany,
	cannotAskPerson,
	companyFills,
	companyInput,
	companyOutput,
	personFills,
	personInput,
	personOutput,
	RECORDS_AT_ONCE,
} from './zoominfo/input';
import { enrichLegacy } from './zoominfo/legacy';
import { companyOf, contactOf, onlyOf } from './zoominfo/match';

/** The Enterprise API of before, for accounts that sign in with a user name: https://api.zoominfo.com/enrich/contact. */
export const zoominfoLegacy: EnrichmentProvider = {
	id: 'zoominfoLegacy',
	title: 'ZoomInfo (Legacy Enterprise API)',
	credential: 'zoomInfoLegacyApi',
	renewsToken: true,
	// Prices are a matter of contract and are not public.
	pricing: { perHit: 1, perCompanyHit: 1 },
	fills: personFills(FIELD_PATHS),
	cannotAsk: cannotAskPerson,

	lookup: async (lead, http, wanted) =>
		onlyOf((await enrichPeople([lead], http, wanted))[0], 'zoominfoLegacy'),

	company: {
		fills: companyFills(FIELD_PATHS),
		cannotAsk: cannotAskCompany,

		async lookup(query, http) {
			const inputs = [companyInput(query)];
			const question = { kind: 'company', inputs, outputFields: companyOutput } as const;
			const [answer] = await enrichLegacy(http, question, { known: Company, of: companyOf });
			return onlyOf(answer, 'zoominfoLegacy');
		},
	},

	bulk: { size: RECORDS_AT_ONCE, lookup: enrichPeople },
};

async function enrichPeople(leads: readonly Lead[], http: Http, wanted: readonly FieldPath[]) {
	const inputs = leads.map(personInput);
	const question = { kind: 'contact', inputs, outputFields: personOutput(wanted) } as const;
	return await enrichLegacy(http, question, { known: Contact, of: contactOf });
}
