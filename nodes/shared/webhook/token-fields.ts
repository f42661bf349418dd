import type { INodeProperties } from 'n8n-workflow';

const shownFor = (sender: string) => ({ show: { sender: [sender] } });
const jwt = shownFor('jwt');
const header = shownFor('static-header');

/** Proofs that are told and not computed: where the sender puts them. */
export const tokenFields: INodeProperties[] = [
	{
		displayName: 'Allowed Algorithms',
		name: 'jwtAlgorithms',
		type: 'multiOptions',
		required: true,
		default: [],
		options: [
			{ name: 'ES256', value: 'ES256' },
			{ name: 'ES384', value: 'ES384' },
			{ name: 'HS256', value: 'HS256' },
			{ name: 'HS384', value: 'HS384' },
			{ name: 'HS512', value: 'HS512' },
			{ name: 'PS256', value: 'PS256' },
			{ name: 'RS256', value: 'RS256' },
			{ name: 'RS384', value: 'RS384' },
			{ name: 'RS512', value: 'RS512' },
		],
		description:
			'What the sender signs with; the token has no say in it. HS… takes the secret of the credential, the others a public key.',
		displayOptions: jwt,
	},
	{
		displayName: 'Issuer',
		name: 'jwtIssuer',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://login.example.com/',
		description: 'Tokens of anyone else are refused. Empty: not looked at.',
		displayOptions: jwt,
	},
	{
		displayName: 'Audience',
		name: 'jwtAudience',
		type: 'string',
		default: '',
		description: 'Whom the token must be meant for, besides the Expected IDs of the credential',
		displayOptions: jwt,
	},
	{
		displayName: 'Published Keys URL',
		name: 'jwtKeysUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://login.example.com/.well-known/jwks.json',
		description: 'Where the sender publishes its keys, instead of keys in the credential',
		displayOptions: jwt,
	},
	{
		displayName: 'Token Header',
		name: 'jwtHeader',
		type: 'string',
		default: 'authorization',
		displayOptions: jwt,
	},
	{
		displayName: 'Before the Token',
		name: 'jwtPrefix',
		type: 'string',
		default: 'Bearer ',
		description: 'What stands before the token in its header, the space included',
		displayOptions: jwt,
	},
	{
		displayName: 'Token Header',
		name: 'staticHeader',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. X-Webhook-Token',
		displayOptions: header,
	},
	{
		displayName: 'Before the Token',
		name: 'staticPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. Token',
		description: 'What stands before the token in its header, a space included',
		displayOptions: header,
	},
	{
		displayName: 'Query Parameter',
		name: 'urlParameter',
		type: 'string',
		required: true,
		default: 'token',
		description: 'The parameter of the URL that holds the token',
		displayOptions: shownFor('url-token'),
	},
];
