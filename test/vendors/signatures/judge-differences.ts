/** Where a package and we do not agree, and why we are right. */
export const DIFFERENCES: ReadonlyArray<{
	readonly judges: readonly string[];
	readonly what: readonly string[];
	readonly ours: boolean;
	readonly why: string;
}> = [
	{
		judges: [
			'standard-webhooks',
			'svix',
			'stripe',
			'github',
			'slack',
			'shopify',
			'hubspot-v3',
			'paddle',
			'sendgrid',
		],
		what: ['bytes that are no UTF-8'],
		ours: true,
		why: 'The sender signed bytes. The package makes a text of them first, which changes what is no UTF-8.',
	},
	{
		judges: ['stripe', 'slack', 'workos', 'hubspot-v3', 'paddle'],
		what: ['from the future'],
		ours: false,
		why: 'Only the age is looked at: a recorded delivery with a time far ahead would be good until then.',
	},
	{
		judges: ['stripe', 'github', 'slack', 'workos', 'paddle', 'linear'],
		what: ['a signature in capitals'],
		ours: true,
		why: 'Hex means the same bytes in either case; the package compares the texts.',
	},
	{
		judges: ['svix', 'github', 'shopify', 'workos'],
		what: ['an empty body'],
		ours: true,
		why: 'The signature over nothing is genuine. The package parses the body, or takes an empty one for a mistake of its caller.',
	},
	{
		judges: ['workos'],
		what: [
			'JSON that a round trip changes',
			'line ends of Windows',
			'emoji and escapes',
			'bytes that are no UTF-8',
		],
		ours: true,
		why: 'The package writes the parsed JSON anew and signs that; WorkOS signs what it sends.',
	},
	{
		judges: ['workos'],
		what: ['a body with a space more'],
		ours: false,
		why: 'The same: bytes that nobody signed pass, as long as the JSON in them is the same.',
	},
	{
		judges: ['sendgrid', 'adobe-io'],
		what: ['a signature with rubbish behind it'],
		ours: false,
		why: 'The package decodes base64 loosely, so that one delivery has many spellings and a memory of signatures does not find it again.',
	},
	{
		judges: ['hubspot-v3'],
		what: ['a URL with escapes, signed as the documents say'],
		ours: true,
		why: 'HubSpot undoes twelve escapes before it signs; the package does not.',
	},
	{
		judges: ['hubspot-v3'],
		what: ['a timestamp that is no number'],
		ours: false,
		why: 'NaN is never too old: in the package the time limit falls away.',
	},
	{
		judges: ['hubspot-v3', 'paddle', 'twilio'],
		what: ['an empty secret on both sides'],
		ours: false,
		why: 'A secret that was never filled in is one that everybody knows.',
	},
	{
		judges: ['paddle'],
		what: ['the right signature before another'],
		ours: true,
		why: 'Paddle sends one for each secret of a rotation; the package reads only the last.',
	},
];
