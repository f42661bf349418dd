import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from './operations';
import { freshnessField, precedenceField } from './trust-fields';

const ENRICH = ['enrich', 'enrichCompany'];

const within = (
	operations: readonly string[],
	field: INodeProperties,
	version?: number,
): INodeProperties => ({
	...field,
	displayOptions: {
		show: { '/operation': [...operations], ...(version && { '@version': [version] }) },
	},
});

const budgetSeconds: INodeProperties = {
	displayName: 'Time for All Steps (Seconds)',
	name: 'budgetSeconds',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 5,
	description: 'After this the lead goes on with what was found',
};

const ASKING = ['verifyEmail', 'findContacts', 'detectJobChange'] satisfies Operation[];

const options: INodeProperties[] = [
	within(ENRICH, freshnessField),
	within(['enrich'], {
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/enrichment-callback',
		description:
			'Where providers that answer later call back, should the lead not have waited for them',
	}),
	within([...ENRICH, 'detectJobChange', 'start'], {
		displayName: 'Enrich Personal Addresses',
		name: 'personalAddresses',
		type: 'boolean',
		default: false,
		description: 'Whether to pay for leads that write from a free-mail address',
	}),
	within(ENRICH, {
		displayName: 'Keep Only Wanted Fields',
		name: 'onlyWanted',
		type: 'boolean',
		default: false,
		description:
			"Whether to throw away what a provider also said and nobody wanted. Otherwise it fills the lead's empty fields.",
	}),
	within(['start'], {
		displayName: 'Credits per Lead',
		name: 'creditsPerHit',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description:
			"The most that a lead can cost, in the provider's own credits, set aside when its job starts; 0: as the price list says",
	}),
	within(['enrich'], {
		displayName: 'Learn the Best Order',
		name: 'learnOrder',
		type: 'boolean',
		default: false,
		description:
			"Whether to ask in the order that has cost least per match for this kind of lead, once enough was seen. 'enrichment.order' says why.",
	}),
	within(['start'], {
		displayName: 'Price of a Credit (USD)',
		name: 'creditPrice',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 6 },
		default: 0,
		description:
			'What your plan pays; 0: the public list price. Where there is none, a budget in dollars starts nothing.',
	}),
	within(['detectJobChange'], {
		displayName: 'Put the New Job Into the Lead',
		name: 'applyChange',
		type: 'boolean',
		default: false,
		description:
			"Whether a lead on Changed gets the new company and title. What was known of the old company goes; it stays under 'jobChange.from'.",
	}),
	within([...ENRICH, ...ASKING], {
		displayName: 'Remember Answers (Hours)',
		name: 'cacheHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description: 'How old an answer may be before the provider is asked again. 0 turns it off.',
	}),
	within(ENRICH, budgetSeconds, 1),
	within(ASKING, budgetSeconds),
	within(ENRICH, precedenceField),
];

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { hide: { operation: ['collect'] } },
		options,
	},
];
