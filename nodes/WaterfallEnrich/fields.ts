import type { INodeProperties } from 'n8n-workflow';
import { companyFieldOptions, fieldOptions } from './field-names';
import { laterFields } from './later-fields';
import { forOperations, operationField, OPERATIONS, type Operation } from './operations';
import { optionFields } from './option-fields';
import { profileFields } from './profile-fields';
import { accountOptions } from './provider-options';
import { spendFields } from './spend-fields';
import { stepFields } from './step-fields';
import { subjectFields } from './subject-fields';

const providersField: INodeProperties = {
	displayName: 'Providers',
	name: 'providers',
	type: 'multiOptions',
	options: accountOptions,
	default: ['apollo', 'hunter'],
	required: true,
	description: 'The accounts you have. Each one ticked asks for its credential above.',
};

const wantedField: INodeProperties = {
	displayName: 'Fields Wanted',
	name: 'wanted',
	type: 'multiOptions',
	options: fieldOptions,
	default: [
		'person.title',
		'person.seniority',
		'company.name',
		'company.domain',
		'company.employeeCount',
		'company.industry',
		'identity.phone',
		'person.linkedinUrl',
	],
	required: true,
	description: 'No provider is asked, or paid, once the lead has all of these',
};

const companyWantedField: INodeProperties = {
	displayName: 'Fields Wanted',
	name: 'companyWanted',
	type: 'multiOptions',
	options: companyFieldOptions,
	default: ['company.name', 'company.employeeCount', 'company.industry'],
	required: true,
	description: 'No provider is asked, or paid, once the company has all of these',
};

const failedField: INodeProperties = {
	displayName: 'On All Providers Failed',
	name: 'onAllFailed',
	type: 'options',
	options: [
		{
			// Saved in workflows as `continue`; for the operations with other outputs it is their undecided one.
			name: 'Continue as Partial',
			value: 'continue',
			description: 'The lead goes on with what is known: on Partial, Risky or Unknown',
		},
		{
			name: 'Fail',
			value: 'fail',
			description: 'The item goes to the error output, or stops the workflow',
		},
	],
	default: 'continue',
	description: 'What to do when every provider that was asked was down, refused or too slow',
};

const ASKING = OPERATIONS.filter((operation) => operation !== 'collect');

/** Where Apollo, Hunter could not do it. */
const USUAL: Readonly<Partial<Record<Operation, string[]>>> = {
	start: ['fullenrich'],
	verifyEmail: ['hunter'],
};

export const properties: INodeProperties[] = [
	operationField,
	...profileFields,
	...subjectFields,
	...laterFields.filter(({ name }) => name === 'collectBy'),
	...ASKING.map((operation) => ({
		...forOperations([operation], providersField),
		default: USUAL[operation] ?? providersField.default,
	})),
	// What a provider calls back with is read without asking it anything.
	{
		...providersField,
		default: ['fullenrich'],
		displayOptions: { show: { operation: ['collect'], collectBy: ['item', 'due'] } },
	},
	...laterFields.filter(({ name }) => name !== 'collectBy'),
	forOperations(['enrich', 'start'], wantedField),
	forOperations(['enrichCompany'], companyWantedField),
	...stepFields,
	...spendFields,
	forOperations(['enrich', 'enrichCompany', 'verifyEmail', 'detectJobChange'], failedField),
	...optionFields,
];
