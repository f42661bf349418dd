import type { INodeProperties } from 'n8n-workflow';

const forUpsert = { show: { '/operation': ['upsert'] } };

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'API Version',
				name: 'apiVersion',
				type: 'options',
				options: [
					{ name: '2026-09', value: '2026-09' },
					{ name: 'V3 (Unsupported From September 2027)', value: 'v3' },
				],
				default: '2026-09',
			},
			{
				displayName: 'Check Values Before Writing',
				name: 'checkValues',
				displayOptions: forUpsert,
				type: 'boolean',
				default: true,
				description:
					'Whether to compare additional properties with the definitions in the account first, so that a wrong picklist value is named before anything is written',
			},
			{
				displayName: 'Keep Existing Owner',
				name: 'keepExistingOwner',
				displayOptions: forUpsert,
				type: 'boolean',
				default: true,
				description:
					'Whether a contact that already has an owner stays with them. The task then goes to that owner.',
			},
			{
				displayName: 'Permission Properties',
				name: 'permissions',
				displayOptions: forUpsert,
				type: 'string',
				default: 'consent_email, consent_phone, consent_sms, consent_enrichment',
				placeholder: 'e.g. consent_email, newsletter_ok',
				description:
					'Comma-separated properties that hold a yes or a no of the person. A no in the CRM is never overwritten with a yes.',
			},
			{
				displayName: 'Protect Human Edits',
				name: 'protectHumanEdits',
				displayOptions: forUpsert,
				type: 'string',
				default: '',
				placeholder: 'e.g. jobtitle, phone',
				description: 'Comma-separated properties that are never overwritten once they have a value',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 15,
				description: 'Seconds to wait for one answer of the CRM',
			},
			{
				displayName: 'Write Once',
				name: 'writeOnce',
				displayOptions: forUpsert,
				type: 'string',
				default: 'original_source',
				placeholder: 'e.g. original_source, first_touch_campaign',
				description: 'Comma-separated first-touch properties, written only while they are empty',
			},
		],
	},
];
