import type { NewCredential } from './host/rest';
import { secrets } from './secrets';
import { sendgridPublicKey } from './sender-keys';

/** What the templates connect to in the sandbox, under the names that they ask for. */
export const demoCredentials: readonly NewCredential[] = [
	{
		name: 'HubSpot',
		type: 'hubspotAppToken',
		data: { appToken: secrets.hubspotToken },
	},
	{
		name: 'Google Calendar',
		type: 'googleCalendarOAuth2Api',
		data: {
			clientId: secrets.googleClientId,
			clientSecret: secrets.googleClientSecret,
			oauthTokenData: {
				access_token: secrets.googleAccessToken,
				refresh_token: secrets.googleRefreshToken,
				token_type: 'Bearer',
				expires_in: 3599,
				scope: 'https://www.googleapis.com/auth/calendar',
			},
		},
	},
	{
		name: 'Slack',
		type: 'slackApi',
		data: { accessToken: secrets.slackToken },
	},
	{
		name: 'Apollo',
		type: 'apolloEnrichmentApi',
		data: { apiKey: secrets.apolloKey },
	},
	{
		name: 'Hunter',
		type: 'hunterApi',
		data: { apiKey: secrets.hunterKey },
	},
	{
		name: 'Clearbit',
		type: 'clearbitApi',
		data: { apiKey: secrets.clearbitKey },
	},
	{
		name: 'People Data Labs',
		type: 'peopleDataLabsApi',
		data: { apiKey: secrets.pdlKey },
	},
	{
		name: 'ZoomInfo',
		type: 'zoomInfoOAuth2Api',
		data: {
			clientId: secrets.zoominfoClientId,
			clientSecret: secrets.zoominfoClientSecret,
			oauthTokenData: {
				access_token: secrets.zoominfoToken,
				refresh_token: secrets.zoominfoRefreshToken,
				token_type: 'Bearer',
				expires_in: 86_400,
			},
		},
	},
	{
		name: 'ZoomInfo (legacy)',
		type: 'zoomInfoLegacyApi',
		data: { username: secrets.zoominfoUser, password: secrets.zoominfoPassword },
	},
	{
		name: 'Dropcontact',
		type: 'dropcontactApi',
		data: { apiKey: secrets.dropcontactKey },
	},
	{
		name: 'FullEnrich',
		type: 'fullEnrichApi',
		data: { apiKey: secrets.fullenrichKey },
	},
	{
		name: 'Clay table',
		type: 'clayTableApi',
		data: { webhookUrl: secrets.clayWebhookUrl, token: secrets.clayToken },
	},
	{
		name: 'ZeroBounce',
		type: 'zeroBounceApi',
		data: { apiKey: secrets.zerobounceKey },
	},
	{
		name: 'NeverBounce',
		type: 'neverBounceApi',
		data: { apiKey: secrets.neverbounceKey },
	},
	{
		name: 'People API',
		type: 'httpHeaderAuth',
		data: { name: 'x-people-key', value: secrets.ownApiKey },
	},
	{
		name: 'People API (query)',
		type: 'httpQueryAuth',
		data: { name: 'token', value: secrets.ownApiKey },
	},
	{
		name: 'People API (login)',
		type: 'httpBasicAuth',
		data: { user: 'n8n', password: secrets.ownApiKey },
	},
	{
		name: 'People API (bearer)',
		type: 'httpBearerAuth',
		data: { token: secrets.ownApiKey },
	},
	{
		name: 'People API (OAuth2)',
		type: 'oAuth2Api',
		data: {
			grantType: 'authorizationCode',
			authUrl: 'https://people.acme-handoff.com/oauth/authorize',
			accessTokenUrl: 'https://people.acme-handoff.com/oauth/token',
			clientId: 'n8n',
			clientSecret: 'n8n',
			oauthTokenData: { access_token: secrets.ownApiKey, token_type: 'Bearer' },
		},
	},
	{
		name: 'FullEnrich signing key',
		type: 'webhookSigningSecretApi',
		data: { secret: secrets.fullenrichKey },
	},
	{
		name: 'Webhook secret',
		type: 'webhookSigningSecretApi',
		data: { secret: secrets.webhookSecret },
	},
	{
		name: 'SendGrid key',
		type: 'webhookSigningSecretApi',
		data: { publicKeys: sendgridPublicKey },
	},
	{
		name: 'Adobe client ID',
		type: 'webhookSigningSecretApi',
		data: { expectedIds: secrets.adobeClientId },
	},
	{
		name: 'Adobe I/O',
		type: 'oAuth2Api',
		data: {
			grantType: 'clientCredentials',
			accessTokenUrl: 'https://ims-na1.adobelogin.com/ims/token/v3',
			clientId: secrets.adobeClientId,
			clientSecret: secrets.adobeClientSecret,
			scope: 'AdobeID,openid,adobeio_api,read_organizations',
			authentication: 'body',
		},
	},
	{
		name: 'Calendly',
		type: 'calendlyApi',
		data: { apiKey: secrets.calendlyToken },
	},
	{
		name: 'Calendly with signing key',
		type: 'httpCustomAuth',
		data: withToken(secrets.calendlyToken, { signing_key: secrets.calendlySigningKey }),
	},
	{
		name: 'Typeform',
		type: 'typeformApi',
		data: { accessToken: secrets.typeformToken },
	},
	{
		name: 'Typeform with secret',
		type: 'httpCustomAuth',
		data: withToken(secrets.typeformToken, { secret: secrets.typeformSecret }),
	},
	{
		name: 'Microsoft',
		type: 'microsoftOutlookOAuth2Api',
		data: {
			clientId: 'sandbox-microsoft-client-id',
			clientSecret: 'sandbox-microsoft-client-secret',
			oauthTokenData: {
				access_token: secrets.microsoftToken,
				token_type: 'Bearer',
				expires_in: 3599,
			},
		},
	},
	{
		name: 'Health token',
		type: 'httpHeaderAuth',
		data: { name: 'X-Health-Token', value: secrets.healthToken },
	},
	{
		name: 'Form token',
		type: 'httpHeaderAuth',
		data: { name: 'X-Form-Token', value: secrets.formToken },
	},
];

/** n8n adds the body to what the node sends. */
function withToken(token: string, body: object) {
	return { json: JSON.stringify({ headers: { Authorization: `Bearer ${token}` }, body }) };
}
