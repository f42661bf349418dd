import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** For ZoomInfo's current API. Its addresses and scopes: https://docs.zoominfo.com/docs/authentication. */
export class ZoomInfoOAuth2Api implements ICredentialType {
	name = 'zoomInfoOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'ZoomInfo OAuth2 API';

	icon: Icon = { light: 'file:../icons/zoomInfo.svg', dark: 'file:../icons/zoomInfo.dark.svg' };

	documentationUrl = 'https://docs.zoominfo.com/docs/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{
					name: 'Authorization Code (a Person Signs In)',
					value: 'pkce',
					description: 'The app acts as the ZoomInfo user who connects it',
				},
				{
					name: 'Client Credentials (the App Alone)',
					value: 'clientCredentials',
					description: 'For apps that have a delegated user in the ZoomInfo developer portal',
				},
			],
			default: 'pkce',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://login.zoominfo.com',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://okta-login.zoominfo.com/oauth2/default/v1/token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'api:data:contact api:data:company',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];
}
