import {
	ApplicationError,
	type IAuthenticate,
	type Icon,
	type ICredentialTestRequest,
	type ICredentialType,
	type INodeProperties,
} from 'n8n-workflow';

/** One Clay table: where its rows are posted, and the token that the table asks for. */
export class ClayTableApi implements ICredentialType {
	name = 'clayTableApi';

	displayName = 'Clay Table API';

	icon: Icon = { light: 'file:../icons/clay.svg', dark: 'file:../icons/clay.dark.svg' };

	documentationUrl = 'https://university.clay.com/docs/webhook-integration-guide';

	properties: INodeProperties[] = [
		// eslint-disable-next-line @n8n/community-nodes/credential-unnecessary-password -- whoever has it can add rows
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. https://api.clay.com/v3/sources/webhook/…',
			description:
				"Of the table's webhook source in Clay. Whoever knows it can add rows, so it is kept as a secret. Each test of this credential adds one row, whose event_type is connection_test.",
		},
		{
			displayName: 'Authentication Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Shown once by Clay when the webhook source was made with authentication',
		},
	];

	/** The URL is the table's: a request is sent there, whichever table of Clay it was written for. */
	authenticate: IAuthenticate = async ({ webhookUrl, token }, options) => {
		const url = String(webhookUrl).trim();
		if (!url.startsWith('https://')) {
			throw new ApplicationError('The Webhook URL of the Clay table must begin with https://');
		}
		const signed = token ? { 'x-clay-webhook-auth': String(token) } : {};
		return { ...options, url, headers: { ...options.headers, ...signed } };
	};

	// Clay has no other endpoint for it: each test adds one row, with this event, to the table.
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: 'https://api.clay.com',
			url: '/v3/sources/webhook',
			body: { event_type: 'connection_test', source_system: 'n8n' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Clay does not take this token. It is shown once: make a new webhook source if it is lost',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'Clay knows no webhook source at this URL. Copy it again from the table',
				},
			},
		],
	};
}
