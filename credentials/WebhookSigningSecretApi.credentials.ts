import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What a sender signs with. Locked to our nodes, so that no HTTP Request node can read it out. */
export class WebhookSigningSecretApi implements ICredentialType {
	name = 'webhookSigningSecretApi';
	displayName = 'Webhook Signing Secret API';
	icon: Icon = {
		light: 'file:../icons/signingSecret.svg',
		dark: 'file:../icons/signingSecret.dark.svg',
	};
	documentationUrl =
		'https://github.com/lead-handoff/n8n-nodes-lead-handoff/blob/main/docs/nodes/webhook-verifier.md';
	restrictToSupportedNodes = true as const;
	properties: INodeProperties[] = [
		{
			displayName:
				"Fill in only what your sender needs: most have a <b>Secret</b>, SendGrid a <b>Public Key</b>, Adobe and Salesforce an <b>Expected ID</b>. The node's panel says which, and where the sender shows it. The test looks at the form of the fields only: that they are the right ones, the first delivery shows.",
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The signing secret, token or key as the sender shows it, whole. Basic authentication: user:password. The node says for each sender where to find it.',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Still accepted while you rotate. When no delivery shows secretIndex 1 any more, empty this field.',
		},
		{
			displayName: 'More Secrets',
			name: 'moreSecrets',
			type: 'string',
			typeOptions: { password: true, rows: 3 },
			default: '',
			description: 'One per line, for senders with a secret per endpoint or several keys at once',
		},
		{
			displayName: 'Public Keys',
			name: 'publicKeys',
			type: 'string',
			// eslint-disable-next-line n8n-nodes-base/cred-class-field-type-options-password-missing -- everyone may see it
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
			description:
				'For senders that sign with a key of their own (SendGrid, Standard Webhooks v1a, JWT): PEM, base64, whpk_… or a JSON Web Key Set',
		},
		{
			displayName: 'Expected IDs',
			name: 'expectedIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 00D5g000000ABCD',
			description:
				'Whom deliveries are meant for, comma-separated: the client ID (Adobe), organization ID (Salesforce), audience (JWT) or webhook ID (Klaviyo). A genuine delivery to somebody else is refused.',
		},
		{
			displayName: 'Rotation Notes',
			name: 'notes',
			type: 'string',
			default: '',
			placeholder: 'e.g. rotated on 1 March, next in June',
			description: 'For you and your colleagues; never sent anywhere',
		},
	];
}
