import type { NewCredential } from './host/rest';
import { secrets } from './secrets';

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
		name: 'Webhook secret',
		type: 'webhookSigningSecretApi',
		data: { secret: secrets.webhookSecret },
	},
];
