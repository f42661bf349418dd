import type { INodeProperties } from 'n8n-workflow';

/** What is turned away before anything is proven. */
export const guardFields: INodeProperties = {
	displayName: 'Guards',
	name: 'guards',
	type: 'collection',
	placeholder: 'Add guard',
	default: {},
	description:
		'What is turned away before its signature is looked at. Without any, bodies over 1 MiB and more than 3,000 deliveries a minute from one address are.',
	options: [
		{
			displayName: 'Allowed Sources',
			name: 'allowedSources',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.0/24, 2001:db8::/32',
			description:
				'IP addresses and CIDR ranges that may call; others get 403. Behind a proxy, set N8N_PROXY_HOPS, or every call seems to come from the proxy.',
		},
		{
			displayName: 'Deliveries per Minute and Source',
			name: 'perMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 3000,
			description:
				'More than these get 429 and Retry-After. 0 is no limit. A source is an IPv4 address or an IPv6 /64. Behind a proxy, set N8N_PROXY_HOPS, or all senders together are one source.',
		},
		{
			displayName: 'Largest Body (KB)',
			name: 'maxBodyKb',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1024,
			description: 'Larger ones get 413, as sent and as unpacked',
		},
		{
			displayName: 'Open Deliveries',
			name: 'maxOpen',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			description:
				'While more than these wait for an answer of this node in this process, others get 503 and Retry-After. For the modes that answer when the workflow has run. 0 is no limit.',
		},
		{
			displayName: 'Queued Executions',
			name: 'maxQueue',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1000,
			description:
				"In queue mode: while more jobs than these wait for a worker, deliveries get 503 and Retry-After. Needs 'Store' set to Redis, with the server and database of n8n's queue; while it cannot be read, deliveries are let in. 0 is no limit.",
		},
	],
};
