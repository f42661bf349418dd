import type { INodeProperties } from 'n8n-workflow';
import { mergeFields } from './identity-merge-fields';
import { ruleOptions } from './identity-rule-fields';

const show = (...operation: string[]) => ({ show: { resource: ['identity'], operation } });

export const identityOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'resolve',
	displayOptions: { show: { resource: ['identity'] } },
	options: [
		{
			name: 'Apply Merge',
			value: 'applyMerge',
			action: 'Apply a merge to the entity map',
			description: 'Make the people of a merge plan one, and keep what an undo needs',
		},
		{
			name: 'Forget',
			value: 'forget',
			action: 'Forget a person',
			description: 'Erase a person everywhere in the store, and say where and how much',
		},
		{
			name: 'Link',
			value: 'link',
			action: 'Link identifiers to a person',
			description: 'Record that IDs of several systems are of one person',
		},
		{
			name: 'Look Up',
			value: 'lookUp',
			action: 'Look up a person',
			description: 'Get all IDs of a person by any of them',
		},
		{
			name: 'Plan Merge',
			value: 'planMerge',
			action: 'Plan a merge of records',
			description: 'Decide, field by field, what stays when several records become one',
		},
		{
			name: 'Resolve',
			value: 'resolve',
			action: 'Resolve the person of a lead',
			description: 'Find out whom a lead is of, with the evidence',
		},
		{
			name: 'Settle Review',
			value: 'settle',
			action: 'Settle a review',
			description: 'Record what a human has decided: one person, or two',
		},
		{
			name: 'Undo Merge',
			value: 'undoMerge',
			action: 'Undo a merge',
			description: 'Make the people two again, and get the records as they were',
		},
	],
};

const anyone = show('link', 'lookUp', 'forget');

export const identityFields: INodeProperties[] = [
	{
		displayName: 'Candidate Records',
		name: 'candidates',
		type: 'json',
		default: '[]',
		description:
			'Records that were found elsewhere, for example by a search in the CRM: an array of leads, or of objects with system, ID, email, phone, firstName, lastName, fullName, company, domain',
		displayOptions: show('resolve'),
	},
	{
		displayName:
			"Any one of these is enough. The person is erased from the store of this package; delete the records in your CRM by the IDs that 'Look Up' gives, <b>before</b> you forget.",
		name: 'forgetNotice',
		type: 'notice',
		default: '',
		displayOptions: show('forget'),
	},
	{
		displayName: 'Entity ID',
		name: 'entityId',
		type: 'string',
		default: '={{ $json.identity?.entityId }}',
		description: 'The person in the entity map. Empty: found by what stands below.',
		displayOptions: show('link', 'lookUp', 'forget', 'settle'),
	},
	{
		displayName: 'Other Entity ID',
		name: 'otherEntityId',
		type: 'string',
		required: true,
		default: '={{ $json.identity?.candidates?.[0]?.entityId }}',
		description: 'Who may be the same person, as Resolve has named them on Review',
		displayOptions: show('settle'),
	},
	{
		displayName: 'Decision',
		name: 'decision',
		type: 'options',
		default: 'same',
		options: [
			{
				name: 'One Person',
				value: 'same',
				description: 'From now on either ID leads to the one person',
			},
			{ name: 'Two People', value: 'different', description: 'They are not put forward again' },
		],
		displayOptions: show('settle'),
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '={{ $json.lead?.identity?.email }}',
		displayOptions: anyone,
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '={{ $json.lead?.identity?.phone }}',
		description: 'With its country code, e.g. +49 30 901820',
		displayOptions: anyone,
	},
	{
		displayName: 'IDs',
		name: 'ids',
		type: 'json',
		default: '={{ $json.lead?.identity?.externalIds }}',
		description: 'By system, e.g. { "salesforce": "00Q5g000004AbCd", "hubspot": "151" }',
		displayOptions: anyone,
	},
	...mergeFields,
	ruleOptions(show('resolve', 'link', 'lookUp', 'forget', 'settle', 'applyMerge', 'undoMerge')),
];
