import type { INodeProperties } from 'n8n-workflow';

const displayOptions = { show: { createTask: [true] } };

export const taskFields: INodeProperties[] = [
	{
		displayName: 'Create Task for Owner',
		name: 'createTask',
		type: 'boolean',
		default: false,
		description: 'Whether to give the owner a task with a due date, once per lead',
	},
	{
		displayName: 'Task Subject',
		name: 'taskSubject',
		type: 'string',
		displayOptions,
		required: true,
		default:
			"=Call {{ $json.lead.person.fullName ?? $json.lead.identity.email }}{{ $json.lead.company.name ? ' (' + $json.lead.company.name + ')' : '' }}",
	},
	{
		displayName: 'Task Body',
		name: 'taskBody',
		type: 'string',
		typeOptions: { rows: 4 },
		displayOptions,
		default:
			"=From {{ $json.lead.source.system }}: {{ $json.lead.source.event }}\nScore: {{ $json.score?.value ?? 'not scored' }}\nPhone: {{ $json.lead.identity.phone ?? 'not known' }}",
		description: 'Plain text',
	},
	{
		displayName: 'Task Due',
		name: 'taskDueAt',
		type: 'string',
		displayOptions,
		required: true,
		default: '={{ $json.route?.sla?.dueAt }}',
		placeholder: 'e.g. 2026-11-21T15:30:00Z',
		description: 'An ISO date and time with its offset, or milliseconds since 1970',
	},
	{
		displayName: 'Task Type',
		name: 'taskKind',
		type: 'options',
		displayOptions,
		options: [
			{ name: 'Call', value: 'CALL' },
			{ name: 'Email', value: 'EMAIL' },
			{ name: 'To-Do', value: 'TODO' },
		],
		default: 'CALL',
	},
	{
		displayName: 'Task Priority',
		name: 'taskPriority',
		type: 'options',
		displayOptions,
		options: [
			{ name: 'High', value: 'HIGH' },
			{ name: 'Medium', value: 'MEDIUM' },
			{ name: 'Low', value: 'LOW' },
		],
		default: 'HIGH',
	},
	{
		displayName: 'Task Key',
		name: 'taskKey',
		type: 'string',
		displayOptions,
		required: true,
		default: '={{ $json.dedupe?.key ?? $json.lead.source.eventId }}',
		description:
			'The same person and key never get a second task, however often the lead is replayed',
	},
];
