import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class NeverBounceApi implements ICredentialType {
	name = 'neverBounceApi';

	displayName = 'NeverBounce API';

	icon: Icon = {
		light: 'file:../icons/neverBounce.svg',
		dark: 'file:../icons/neverBounce.dark.svg',
	};

	documentationUrl = 'https://developers.neverbounce.com/docs/getting-started';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Of a Custom Integration app, made in NeverBounce under Apps. It begins with secret_.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { qs: { key: '={{ $credentials.apiKey }}' } },
	};

	// https://developers.neverbounce.com/reference/account-info: free, and 200 even for a wrong key.
	test: ICredentialTestRequest = {
		request: { baseURL: 'https://api.neverbounce.com/v4.2', url: '/account/info' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'status',
					value: 'auth_failure',
					message: 'NeverBounce does not know this API key',
				},
			},
		],
	};
}
