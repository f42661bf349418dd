import { sign } from 'jsonwebtoken';
import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

const BASE = 'https://api.zoominfo.com';

/** For the Enterprise API of before. Locked to our nodes, because it holds a password or a private key. */
export class ZoomInfoLegacyApi implements ICredentialType {
	name = 'zoomInfoLegacyApi';

	displayName = 'ZoomInfo Legacy API';

	icon: Icon = { light: 'file:../icons/zoomInfo.svg', dark: 'file:../icons/zoomInfo.dark.svg' };

	documentationUrl = 'https://api-docs.zoominfo.com/';

	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Sign In With',
			name: 'signInWith',
			type: 'options',
			options: [
				{ name: 'Password', value: 'password' },
				{ name: 'Private Key (PKI)', value: 'privateKey' },
			],
			default: 'password',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { signInWith: ['password'] } },
			required: true,
			default: '',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			displayOptions: { show: { signInWith: ['privateKey'] } },
			required: true,
			default: '',
			description: 'In the ZoomInfo admin portal under API, beside the private key',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: { show: { signInWith: ['privateKey'] } },
			required: true,
			default: '',
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description: 'PEM, with or without its line breaks',
		},
	];

	/** A token is good for an hour; n8n keeps it, and comes here again after a 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const byKey = credentials['signInWith'] === 'privateKey';
		const { username, password } = credentials;
		const { jwt } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${BASE}/authenticate`,
			json: true,
			body: byKey ? {} : { username, password },
			...(byKey && { headers: { Authorization: `Bearer ${assertionOf(credentials)}` } }),
		})) as { jwt: string };
		return { accessToken: jwt };
	}

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' } },
	};

	// https://api-docs.zoominfo.com/#lookup: free of credits.
	test: ICredentialTestRequest = {
		request: { baseURL: BASE, url: '/lookup/outputfields/contact/enrich' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'ZoomInfo does not know this user, password or key. The legacy API needs a user with API access',
				},
			},
		],
	};
}

/** Who signs in, signed with the private key; ZoomInfo takes it for five minutes. */
const assertionOf = ({ username, clientId, privateKey }: ICredentialDataDecryptedObject): string =>
	sign({ username, client_id: clientId }, pem(String(privateKey)), {
		algorithm: 'RS256',
		audience: 'enterprise_api',
		issuer: 'api-client@zoominfo.com',
		expiresIn: 300,
	});

/** A key that was pasted on one line, or with `\n` written out, in lines again. */
function pem(key: string): string {
	const [, label, body] = /-----BEGIN ([A-Z ]+)-----([\s\S]+?)-----END/.exec(key) ?? [];
	if (!label || !body) return key;
	const lines = body.replace(/\\n|\s/g, '').match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
