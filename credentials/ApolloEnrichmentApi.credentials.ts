import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class ApolloEnrichmentApi implements ICredentialType {
	name = 'apolloEnrichmentApi';

	displayName = 'Apollo Enrichment API';

	icon: Icon = { light: 'file:../icons/apollo.svg', dark: 'file:../icons/apollo.dark.svg' };

	documentationUrl = 'https://docs.apollo.io/docs/create-api-key';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Created in Apollo under Settings, Integrations, API. It needs access to people/match and organizations/enrich.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'x-api-key': '={{ $credentials.apiKey }}' } },
	};

	// https://docs.apollo.io/reference/authentication: free of credits, and 200 even for a wrong key.
	test: ICredentialTestRequest = {
		request: { baseURL: 'https://api.apollo.io/api/v1', url: '/auth/health' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'is_logged_in',
					value: false,
					message: 'Apollo does not know this API key. Copy it again, whole',
				},
			},
		],
	};
}
