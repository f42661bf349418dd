import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class FullEnrichApi implements ICredentialType {
	name = 'fullEnrichApi';

	displayName = 'FullEnrich API';

	icon: Icon = {
		light: 'file:../icons/fullEnrich.svg',
		dark: 'file:../icons/fullEnrich.dark.svg',
	};

	documentationUrl = 'https://docs.fullenrich.com/api/v2/general/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In FullEnrich under API. FullEnrich signs its callbacks with the same key: the Webhook Verifier needs it too.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { authorization: '=Bearer {{ $credentials.apiKey }}' } },
	};

	// https://docs.fullenrich.com/api/v2/account/keys/verify/get: free.
	test: ICredentialTestRequest = {
		request: { baseURL: 'https://app.fullenrich.com/api/v2', url: '/account/keys/verify' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'FullEnrich does not know this API key. Copy it again, whole',
				},
			},
		],
	};
}
