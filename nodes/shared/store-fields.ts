import type { INodeCredentialDescription, INodeProperties, NodeHint } from 'n8n-workflow';

type Condition = Readonly<Record<string, Array<string | boolean>>>;

/** The choice of a store, for the end of a node's panel. `show`: when the node uses it at all. */
export const storeFields = (show: Condition = {}): INodeProperties[] => [
	{
		displayName: 'Store',
		name: 'store',
		type: 'options',
		noDataExpression: true,
		default: 'sqlite',
		options: [
			{
				name: 'Embedded (SQLite)',
				value: 'sqlite',
				description: 'A file in the n8n user folder, shared by all processes of this machine',
			},
			{
				name: 'Redis',
				value: 'redis',
				description: 'Shared by all workers, whichever machine they run on',
			},
		],
		description:
			'Where claims, counters and answers are remembered. All nodes of a pipeline use the same.',
		displayOptions: { show },
	},
	{
		displayName: 'Store Options',
		name: 'storeOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { ...show, store: ['redis'] } },
		options: [
			{
				displayName: 'Key Prefix',
				name: 'prefix',
				type: 'string',
				default: 'lead-handoff',
				description: 'What all keys in Redis begin with',
			},
			{
				displayName: 'Region',
				name: 'region',
				type: 'string',
				default: 'main',
				placeholder: 'e.g. eu',
				description: 'Keeps the memory of regions that share a Redis apart',
			},
		],
	},
];

/**
 * n8n's own credential type, so that a connection that exists is used again. The conditions carry a
 * slash, because n8n takes a plain name for the choice of an authentication, and leaves that parameter
 * out of the panel.
 */
export const storeCredentials = (show: Condition = {}): INodeCredentialDescription[] => [
	{
		name: 'redis',
		required: true,
		displayOptions: {
			show: Object.fromEntries(
				Object.entries({ ...show, store: ['redis'] }).map(([name, values]) => [`/${name}`, values]),
			),
		},
	},
];

export const QUEUE_MODE_WARNING =
	'n8n runs in queue mode, and workers on other machines do not see the embedded store. Choose Redis';

const queueModeHint: NodeHint = {
	message: QUEUE_MODE_WARNING,
	type: 'warning',
	location: 'ndv',
	whenToDisplay: 'always',
	displayCondition: '={{ $parameter["store"] !== "redis" }}',
};

export const runsInQueueMode = () => process.env['EXECUTIONS_MODE'] === 'queue';

/**
 * The hint that the editor shows before a run. Its expressions cannot see the mode that n8n runs in,
 * but the server that describes the node to the editor can.
 */
export const queueModeHints = (): NodeHint[] => (runsInQueueMode() ? [queueModeHint] : []);
