/** The credentials of the sandbox. They open nothing but the simulators. */
export const secrets = {
	hubspotToken: 'sandbox-hubspot-service-key',
	apolloKey: 'sandbox-apollo-key',
	/** A key whose plan has no enrichment: Apollo answers 403 API_INACCESSIBLE. */
	apolloNarrowKey: 'sandbox-apollo-key-without-enrichment',
	hunterKey: 'sandbox-hunter-key',
	clearbitKey: 'sk_sandbox-clearbit-key',
	pdlKey: 'sandbox-pdl-key',
	zoominfoClientId: 'sandbox-zoominfo-client-id',
	zoominfoClientSecret: 'sandbox-zoominfo-client-secret',
	zoominfoToken: 'sandbox-zoominfo-access-token',
	zoominfoRefreshToken: 'sandbox-zoominfo-refresh-token',
	/** Of an account whose package does not include mobile numbers. */
	zoominfoNarrowToken: 'sandbox-zoominfo-access-token-without-mobile',
	zoominfoUser: 'revops@acme-handoff.com',
	zoominfoPassword: 'sandbox-zoominfo-password',
	zoominfoJwt: 'sandbox-zoominfo-legacy-jwt',
	dropcontactKey: 'sandbox-dropcontact-key',
	/** Signs FullEnrich's callbacks too. */
	fullenrichKey: 'sandbox-fullenrich-key',
	clayToken: 'sandbox-clay-webhook-token',
	clayWebhookUrl:
		'https://api.clay.com/v3/sources/webhook/pull-in-data-from-a-webhook-5f0c1f5e-0b1e-4c7e-9a53-2d6f4a1b7c90',
	zerobounceKey: 'sandbox-zerobounce-key',
	/** Of the sandbox company's own people API. */
	ownApiKey: 'sandbox-people-api-key',
	neverbounceKey: 'secret_sandbox-neverbounce-key',
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
	/** What the forms of the template of one person show. */
	formToken: 'sandbox-form-token',
	calendlyToken: 'sandbox-calendly-token',
	calendlySigningKey: 'sandbox-calendly-signing-key',
	typeformToken: 'sandbox-typeform-token',
	typeformSecret: 'sandbox-typeform-secret',
	microsoftToken: 'sandbox-microsoft-access-token',
	adobeToken: 'sandbox-adobe-access-token',
	/** Signs the lead events; 32 bytes of readable text. */
	webhookSecret: `whsec_${Buffer.from('sandbox-webhook-secret-32-bytes!').toString('base64')}`,
} as const;

export type Secrets = typeof secrets;
