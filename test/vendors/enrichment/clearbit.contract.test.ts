import { clearbit } from '../../../lib/vendors/enrichment/clearbit';
import { secrets } from '../../../sandbox/secrets';
import { openClearbit } from '../../../sandbox/vendors/clearbit';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withBasic, withHeader } from '../../contracts/signing';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';

enrichmentContract({
	provider: clearbit,
	open: openClearbit,
	// As n8n's own credential signs; Clearbit takes the key as a user name too.
	sign: withHeader('authorization', `Bearer ${secrets.clearbitKey}`),
	wrongSign: withBasic('sk_wrong'),
	found: {
		lead: lead({ identity: { email: `dana.whitfield@${domain}` }, company: { domain } }),
		fields: {
			'person.title': 'Director of Revenue Operations',
			'person.timezone': 'America/New_York',
			'person.linkedinUrl': 'https://www.linkedin.com/in/dana-whitfield',
			'company.employeeCount': 800,
			'company.phone': '+16175550100',
			'company.country': 'US',
		},
		// A range of the revenue is no revenue.
		absent: ['company.revenue', 'identity.phone'],
		credits: 2,
	},
	partial: {
		lead: lead({ identity: { email: 'tom.okafor@harborline-logistics.com' } }),
		fields: { 'person.title': 'VP Sales', 'company.name': 'Harborline Logistics' },
		absent: ['person.country', 'person.timezone', 'person.linkedinUrl', 'company.employeeCount'],
		credits: 1,
	},
	nobody: { lead: lead({ identity: { email: 'ines@quietharbor-ceramics.com' } }) },
	company: {
		found: {
			query: { domain },
			fields: { 'company.industry': 'Internet Software & Services' },
			credits: 1,
		},
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
});
