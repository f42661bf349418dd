import type { INodeProperties } from 'n8n-workflow';

const show = (...operation: string[]) => ({ show: { resource: ['identity'], operation } });

const group: INodeProperties = {
	displayName: 'Fields',
	name: 'group',
	type: 'options',
	default: 'job',
	options: [
		{ name: 'Company', value: 'company' },
		{ name: 'Custom Fields', value: 'custom' },
		{ name: 'Email', value: 'email' },
		{ name: 'Job', value: 'job', description: 'Title, seniority, department' },
		{ name: 'LinkedIn', value: 'linkedin' },
		{ name: 'Location', value: 'location' },
		{ name: 'Name', value: 'name' },
		{ name: 'Phone', value: 'phone' },
		{ name: 'Time Zone', value: 'timezone' },
	],
};

const choice: INodeProperties = {
	displayName: 'Winner',
	name: 'choice',
	type: 'options',
	default: 'newest',
	options: [
		{ name: 'First in Precedence', value: 'precedence' },
		{ name: 'Newest', value: 'newest' },
		{ name: 'Oldest', value: 'oldest' },
	],
};

export const mergeFields: INodeProperties[] = [
	{
		displayName: 'Records',
		name: 'records',
		type: 'json',
		required: true,
		default: '={{ $json.records }}',
		description:
			'Two or more: leads, objects { lead, system, recordId, entityId, updatedAt, createdAt }, or the merge of an earlier plan',
		displayOptions: show('planMerge'),
	},
	{
		displayName: 'Precedence',
		name: 'precedence',
		type: 'string',
		default: 'salesforce, hubspot',
		description:
			'Comma-separated systems, the most trusted first. The others follow; among equals the newer record wins.',
		displayOptions: show('planMerge'),
	},
	{
		displayName: 'Exceptions',
		name: 'choices',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add exception',
		default: {},
		options: [{ name: 'rules', displayName: 'Exception', values: [group, choice] }],
		displayOptions: show('planMerge'),
	},
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'json',
		required: true,
		default: '={{ $json.merge }}',
		description: 'What Plan Merge has made',
		displayOptions: show('applyMerge'),
	},
	{
		displayName: 'Merge ID',
		name: 'mergeId',
		type: 'string',
		default: '={{ $json.merge?.mergeId }}',
		description: 'Of a plan that was applied. Empty: undone by Joined Entity ID.',
		displayOptions: show('undoMerge'),
	},
	{
		displayName: 'Joined Entity ID',
		name: 'joinedId',
		type: 'string',
		default: '={{ $json.identity?.joined?.[0] }}',
		description: 'Of a person that Resolve or Settle Review has joined to another',
		displayOptions: show('undoMerge'),
	},
];
