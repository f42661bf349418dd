import { checkProperties, type PropertyDefinition } from '../../lib/domain/property-check';

const definitions: PropertyDefinition[] = [
	{ name: 'lead_score', type: 'number', readOnly: false },
	{ name: 'createdate', type: 'datetime', readOnly: true },
	{ name: 'hubspot_owner_id', type: 'enumeration', readOnly: false, options: [] },
	{
		name: 'hs_lead_status',
		type: 'enumeration',
		readOnly: false,
		options: [
			{ value: 'NEW', label: 'New' },
			{ value: 'OPEN', label: 'Open deal' },
		],
	},
	{
		name: 'interests',
		type: 'enumeration',
		readOnly: false,
		multiple: true,
		options: [
			{ value: 'api', label: 'API' },
			{ value: 'crm', label: 'CRM' },
		],
	},
];

test.each([
	['a value of the list', { hs_lead_status: 'NEW' }, []],
	['several values', { interests: 'api; crm' }, []],
	['a list that the CRM keeps elsewhere', { hubspot_owner_id: '7' }, []],
	['a number', { lead_score: '70.5' }, []],
	['no number', { lead_score: 'high' }, ['Property \'lead_score\' takes a number and got "high"']],
	['unknown', { nope: '1' }, ["Property 'nope' does not exist in the account"]],
	['read-only', { createdate: '1' }, ["Property 'createdate' is read-only in the account"]],
	[
		'not in the list',
		{ hs_lead_status: 'HOT' },
		['Property \'hs_lead_status\' does not take "HOT". Allowed are: NEW, OPEN'],
	],
	[
		'the label instead of the value',
		{ hs_lead_status: 'open deal' },
		["Property 'hs_lead_status' does not take \"open deal\". Its internal value is 'OPEN'"],
	],
	[
		'one of several',
		{ interests: 'api;ai' },
		['Property \'interests\' does not take "ai". Allowed are: api, crm'],
	],
])('%s', (_name, values, messages) => {
	const problems = checkProperties(values as Record<string, string>, definitions);
	expect(problems.map(({ message }) => message)).toEqual(messages);
});
