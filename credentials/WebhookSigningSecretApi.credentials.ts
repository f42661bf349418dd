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
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The signing secret as the sender shows it. HubSpot: the client secret of the app. Standard Webhooks: the whole value, starting with whsec_',
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
			displayName: 'Rotation Notes',
			name: 'notes',
			type: 'string',
			default: '',
			placeholder: 'e.g. rotated on 1 March, next in June',
			description: 'For you and your colleagues; never sent anywhere',
		},
	];
}
