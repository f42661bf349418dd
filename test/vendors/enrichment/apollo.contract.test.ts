import { apollo } from '../../../lib/vendors/enrichment/apollo';
import { secrets } from '../../../sandbox/secrets';
import { openApollo } from '../../../sandbox/vendors/apollo';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withHeader } from '../../contracts/signing';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';
const dana = lead({
	identity: { email: `dana.whitfield@${domain}` },
	company: { name: 'Northwind Analytics', domain },
});
const anke = lead({
	identity: { email: 'anke.vogel@steinbruck-maschinenbau.de' },
	person: { firstName: 'Anke', lastName: 'Vogel' },
	company: { name: undefined, domain: 'steinbruck-maschinenbau.de' },
});
const ines = lead({
	identity: { email: 'ines@quietharbor-ceramics.com' },
	person: { firstName: 'Ines', lastName: 'Duarte' },
	company: { name: 'Quiet Harbor Ceramics', domain: 'quietharbor-ceramics.com' },
});

enrichmentContract({
	provider: apollo,
	open: openApollo,
	sign: withHeader('x-api-key', secrets.apolloKey),
	wrongSign: withHeader('x-api-key', 'wrong'),
	found: {
		lead: dana,
		fields: {
			'person.title': 'Director of Revenue Operations',
			'person.seniority': 'director',
			'person.linkedinUrl': 'https://www.linkedin.com/in/dana-whitfield',
			'company.employeeCount': 800,
			'company.revenue': 120_000_000,
			'company.phone': '+16175550100',
		},
		credits: 1,
	},
	partial: {
		lead: anke,
		fields: { 'person.title': 'Leiterin Vertrieb', 'company.employeeCount': 620 },
		absent: ['identity.phone', 'company.phone'],
		credits: 1,
	},
	nobody: { lead: ines },
	company: {
		found: {
			query: { domain },
			fields: { 'company.employeeCount': 800, 'company.country': 'US' },
			credits: 1,
		},
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
	bulk: {},
	contacts: {
		query: {
			domain,
			titles: ['revenue operations'],
			seniorities: ['director'],
			departments: [],
			limit: 10,
		},
		// Family names come obfuscated.
		fullNames: ['Dana'],
		credits: 0,
		nobody: {
			domain: 'quietharbor-ceramics.com',
			titles: [],
			seniorities: [],
			departments: [],
			limit: 10,
		},
	},
	later: {
		readyMs: 60_000,
		callbackUrl: 'https://n8n.example.com/webhook/later?for=apollo',
		nobodyAtOnce: true,
		found: {
			lead: dana,
			fields: { 'identity.phone': '+16175550142' },
			credits: 9,
		},
		nobody: { lead: ines },
	},
});
