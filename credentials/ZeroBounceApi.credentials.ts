import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

export class ZeroBounceApi implements ICredentialType {
	name = 'zeroBounceApi';

	displayName = 'ZeroBounce API';

	icon: Icon = { light: 'file:../icons/zeroBounce.svg', dark: 'file:../icons/zeroBounce.dark.svg' };

	documentationUrl = 'https://www.zerobounce.net/docs/api-dashboard/';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In ZeroBounce under API, API Keys',
		},
	];

	/** The batch endpoint reads the key from the body, the others from the query. */
	authenticate: IAuthenticate = async ({ apiKey }, options) =>
		options.method === 'POST'
			? { ...options, body: { ...(options.body as object), api_key: apiKey } }
			: { ...options, qs: { ...options.qs, api_key: apiKey } };

	// https://www.zerobounce.net/docs/email-validation-api-quickstart/v2-credit-balance
	// Free. A wrong key is answered with 200 and -1, as a number or as text.
	test: ICredentialTestRequest = {
		request: { baseURL: 'https://api.zerobounce.net/v2', url: '/getcredits' },
		rules: [-1, '-1'].map((value) => ({
			type: 'responseSuccessBody',
			properties: { key: 'Credits', value, message: 'ZeroBounce does not know this API key' },
		})),
	};
}
