import { pdl } from '../../../lib/vendors/enrichment/pdl';
import { secrets } from '../../../sandbox/secrets';
import { openPdl } from '../../../sandbox/vendors/pdl';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withHeader } from '../../contracts/signing';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';

enrichmentContract({
	provider: pdl,
	open: openPdl,
	sign: withHeader('x-api-key', secrets.pdlKey),
	wrongSign: withHeader('x-api-key', 'wrong'),
	found: {
		lead: lead({ identity: { email: `dana.whitfield@${domain}` }, company: { domain } }),
		fields: {
			'identity.phone': '+16175550142',
			'person.title': 'Director of Revenue Operations',
			'person.linkedinUrl': 'https://www.linkedin.com/in/dana-whitfield',
			'company.employeeCount': 812,
			'company.domain': domain,
			'company.country': 'US',
		},
		credits: 1,
	},
	partial: {
		lead: lead({ identity: { email: 'tom.okafor@harborline-logistics.com' } }),
		fields: { 'person.title': 'Vp Sales', 'person.country': 'GB' },
		// `true` stands where the plan does not include the value.
		absent: ['identity.email', 'identity.phone', 'person.city', 'company.employeeCount'],
		credits: 1,
	},
	nobody: { lead: lead({ identity: { email: 'ines@quietharbor-ceramics.com' } }) },
	company: {
		found: {
			query: { domain },
			fields: { 'company.name': 'Northwind Analytics', 'company.employeeCount': 812 },
			credits: 1,
		},
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
	bulk: {},
});
