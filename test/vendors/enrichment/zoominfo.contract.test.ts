import { zoominfo } from '../../../lib/vendors/enrichment/zoominfo';
import { zoominfoLegacy } from '../../../lib/vendors/enrichment/zoominfo-legacy';
import { secrets } from '../../../sandbox/secrets';
import { openZoomInfo, openZoomInfoLegacy } from '../../../sandbox/vendors/zoominfo';
import { enrichmentContract, type EnrichmentSuite } from '../../contracts/enrichment.contract';
import { withHeader } from '../../contracts/signing';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';
const withToken = (token: string) => withHeader('authorization', `Bearer ${token}`);

/** Both APIs know the same people, in nearly the same words. */
const known = {
	wrongSign: withToken('wrong'),
	found: {
		lead: lead({ identity: { email: `dana.whitfield@${domain}` }, company: { domain } }),
		fields: {
			// Written as in the country: (617) 555-0142.
			'identity.phone': '+16175550142',
			'person.title': 'Director of Revenue Operations',
			'person.seniority': 'director',
			'person.department': 'Sales',
			'company.employeeCount': 805,
			'company.revenue': 120_000_000,
			'company.domain': domain,
		},
		credits: 1,
	},
	partial: {
		lead: lead({ identity: { email: 'tom.okafor@harborline-logistics.com' } }),
		fields: { 'person.title': 'VP Sales', 'company.name': 'Harborline Logistics' },
		// His mobile number is not to be called.
		absent: ['identity.phone', 'identity.email', 'company.employeeCount'],
		credits: 1,
	},
	nobody: { lead: lead({ identity: { email: 'ines@quietharbor-ceramics.com' } }) },
	company: {
		found: {
			query: { domain },
			// In thousands there.
			fields: { 'company.revenue': 120_000_000, 'company.phone': '+16175550100' },
			credits: 1,
		},
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
	bulk: {},
} as const satisfies Partial<EnrichmentSuite>;

enrichmentContract({
	...known,
	provider: zoominfo,
	open: openZoomInfo,
	sign: withToken(secrets.zoominfoToken),
	contacts: {
		query: {
			domain,
			titles: ['Revenue Operations', 'Sales Operations'],
			seniorities: ['director'],
			departments: ['Sales'],
			limit: 10,
		},
		fullNames: ['Dana Whitfield'],
		credits: 0,
		nobody: {
			domain: 'quietharbor-ceramics.com',
			titles: [],
			seniorities: [],
			departments: [],
			limit: 10,
		},
	},
});

enrichmentContract({
	...known,
	provider: zoominfoLegacy,
	open: openZoomInfoLegacy,
	sign: withToken(secrets.zoominfoJwt),
});
