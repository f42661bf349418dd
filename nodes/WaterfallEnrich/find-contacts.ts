import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { leadOfContact } from '../../lib/domain/contact-lead';
import { parseDomain } from '../../lib/domain/email';
import { PipelineError } from '../../lib/domain/errors';
import { maskValue } from '../../lib/domain/mask';
import {
	findContacts as find,
	type Colleague,
	type ContactsFound,
} from '../../lib/vendors/lookups/find-contacts';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { readBudgetMs, readBudgets } from './read-order';
import { readSteps } from './read-steps';
import { texts } from './read-value';
import { opener, type World } from './world';

const FOUND = 0;
const NONE_FOUND = 1;
const BUDGET_S = 60;
const STEP_MS = 30_000;

/** Others at an account, each as a lead of their own or as a list. Nobody could be asked: the item fails. */
export async function findContacts(
	node: IExecuteFunctions,
	lead: LeadItem,
	world: World,
): Promise<Outcome[]> {
	const { index, json } = lead;
	const domain = readDomain(node, index);
	const query = {
		domain,
		titles: texts(node.getNodeParameter('titles', index, '')),
		seniorities: texts(node.getNodeParameter('seniorities', index, [])),
		departments: texts(node.getNodeParameter('departments', index, '')),
		limit: Math.max(1, Number(node.getNodeParameter('limit', index, 10))),
	};
	const order = {
		steps: readSteps(node, index, { timeoutMs: STEP_MS }),
		budgetMs: readBudgetMs(node, index, BUDGET_S),
		budgets: readBudgets(node, index),
	};
	const found = await find(query, order, { ...world, open: opener(node, lead.correlationId) });
	if (found.failure) throw found.failure;
	const contactSearch = summary(domain, found);
	const asLeads = node.getNodeParameter('contactsAs', index, 'leads') === 'leads';
	if (found.colleagues.length === 0) {
		return [{ output: NONE_FOUND, add: { contactSearch }, note: `nobody found at ${domain}` }];
	}
	const note = `${found.colleagues.length} people found at ${domain}`;
	if (!asLeads) {
		const contacts = found.colleagues.map(({ provider, contact }) => ({ ...contact, provider }));
		return [{ output: FOUND, add: { contacts, contactSearch }, note }];
	}
	const company = companyOf(json, domain);
	const at = new Date(world.now()).toISOString();
	return found.colleagues.map((one) => ({
		output: FOUND,
		add: { ...leadOf(one, { domain, company, at }), contactSearch, trace: json['trace'] },
		note: `found at ${domain} by ${one.provider}`,
		another: true,
		binary: false,
	}));
}

function readDomain(node: IExecuteFunctions, index: number): string {
	const given = node.getNodeParameter('accountDomain', index, '');
	const domain = parseDomain(String(given ?? ''));
	if (domain) return domain;
	throw new PipelineError(
		'INVALID_INPUT',
		given
			? `'Domain of the Account' is ${maskValue(given)}: use a domain or a website`
			: "'Domain of the Account' is empty for this item",
	);
}

/** What the item knows of this account; another company's facts are not taken over. */
function companyOf(json: IDataObject, domain: string) {
	if (json['lead'] === undefined) return undefined;
	const { company } = readLead(json);
	return company.domain === domain ? company : undefined;
}

function leadOf(
	{ provider, contact }: Colleague,
	{ domain, company, at }: { domain: string; company: ReturnType<typeof companyOf>; at: string },
): IDataObject {
	const lead = leadOfContact(contact, { domain, company }, { provider, at });
	return { lead: lead as unknown as IDataObject, contact: { ...contact, provider } };
}

const summary = (domain: string, found: ContactsFound): IDataObject => {
	const { colleagues, total, steps, credits, cost } = found;
	return {
		domain,
		found: colleagues.length,
		...(total !== undefined && { total }),
		steps: steps as unknown as IDataObject[],
		credits,
		...(cost !== undefined && { cost }),
	};
};
