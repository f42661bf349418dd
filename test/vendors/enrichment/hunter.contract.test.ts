import { hunter } from '../../../lib/vendors/enrichment/hunter';
import { secrets } from '../../../sandbox/secrets';
import { openHunter } from '../../../sandbox/vendors/hunter';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withHeader } from '../../contracts/signing';
import { lead } from '../../leads';

const tom = lead({
	identity: { email: 'tom.okafor@harborline-logistics.com' },
	person: { firstName: 'Tom', lastName: 'Okafor' },
	company: { name: 'Harborline Logistics', domain: 'harborline-logistics.com' },
});
const ines = lead({
	identity: { email: 'ines@quietharbor-ceramics.com' },
	person: { firstName: 'Ines', lastName: 'Duarte' },
	company: { name: 'Quiet Harbor Ceramics', domain: 'quietharbor-ceramics.com' },
});

enrichmentContract({
	provider: hunter,
	open: openHunter,
	sign: withHeader('x-api-key', secrets.hunterKey),
	wrongSign: withHeader('x-api-key', 'wrong'),
	found: {
		lead: tom,
		wanted: ['person.title', 'person.seniority', 'company.employeeCount', 'identity.phone'],
		fields: {
			'person.title': 'VP Sales',
			'person.seniority': 'executive',
			'person.timezone': 'Europe/London',
			'identity.phone': '+442079460321',
			'company.employeeCount': 350,
			'company.linkedinUrl': 'https://www.linkedin.com/company/harborline-logistics',
		},
		credits: 2,
	},
	partial: {
		lead: lead({
			identity: { email: 'dana.whitfield@northwind-analytics.com' },
			company: { domain: 'northwind-analytics.com' },
		}),
		wanted: ['person.title', 'person.timezone', 'identity.phone'],
		fields: { 'person.title': 'Director of Revenue Operations' },
		absent: ['person.timezone', 'identity.phone'],
		credits: 1,
	},
	nobody: { lead: ines, wanted: ['person.title', 'company.industry'] },
	company: {
		found: {
			query: { domain: 'harborline-logistics.com', name: 'Harborline Logistics' },
			fields: { 'company.employeeCount': 350, 'company.country': 'GB' },
			credits: 1,
		},
		nobody: { domain: 'quietharbor-ceramics.com' },
	},
	verify: {
		'tom.okafor@harborline-logistics.com': { status: 'valid', score: 0.93, credits: 0.5 },
		'ines@quietharbor-ceramics.com': { status: 'unknown', score: 0, credits: 0 },
	},
	contacts: {
		query: {
			domain: 'harborline-logistics.com',
			titles: ['VP'],
			seniorities: ['vp'],
			departments: ['Sales'],
			limit: 10,
		},
		fullNames: ['Tom Okafor'],
		credits: 1,
		nobody: {
			domain: 'quietharbor-ceramics.com',
			titles: [],
			seniorities: [],
			departments: [],
			limit: 10,
		},
	},
});
