import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class PeopleDataLabsApi implements ICredentialType {
	name = 'peopleDataLabsApi';

	displayName = 'People Data Labs API';

	icon: Icon = {
		light: 'file:../icons/peopleDataLabs.svg',
		dark: 'file:../icons/peopleDataLabs.dark.svg',
	};

	documentationUrl = 'https://docs.peopledatalabs.com/docs/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In the People Data Labs dashboard under API Keys. On the free plan phone numbers and addresses come without their values, and are left out.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-Api-Key': '={{ $credentials.apiKey }}' } },
	};

	// https://docs.peopledatalabs.com/docs/autocomplete-api: free of credits.
	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.peopledatalabs.com/v5',
			url: '/autocomplete',
			qs: { field: 'country', text: 'germany', size: 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'People Data Labs does not know this API key. Copy it again, whole',
				},
			},
		],
	};
}
