/** The credentials of the sandbox. They open nothing but the simulators. */
export const secrets = {
	hubspotToken: 'sandbox-hubspot-service-key',
	apolloKey: 'sandbox-apollo-key',
	/** A key whose plan has no enrichment: Apollo answers 403 API_INACCESSIBLE. */
	apolloNarrowKey: 'sandbox-apollo-key-without-enrichment',
	hunterKey: 'sandbox-hunter-key',
	googleClientId: 'sandbox-google-client-id',
	googleClientSecret: 'sandbox-google-client-secret',
	googleAccessToken: 'sandbox-google-access-token',
	googleRefreshToken: 'sandbox-google-refresh-token',
	slackToken: 'sandbox-slack-token',
	adobeOrg: '105979',
	adobeClientId: 'sandbox-adobe-client-id',
	adobeClientSecret: 'sandbox-adobe-client-secret',
	/** What a monitor shows when it asks for the health of the webhooks. */
	healthToken: 'sandbox-health-token',
	adobeToken: 'sandbox-adobe-access-token',
	/** Signs the lead events; 32 bytes of readable text. */
	webhookSecret: `whsec_${Buffer.from('sandbox-webhook-secret-32-bytes!').toString('base64')}`,
} as const;

export type Secrets = typeof secrets;
