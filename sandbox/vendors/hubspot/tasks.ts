import { custom, objectType, of, oneOf, owner, readOnly, text } from './property';

export const tasks = objectType({
	name: 'tasks',
	typeId: '0-27',
	required: ['hs_timestamp'],
	modified: 'hs_lastmodifieddate',
	defaults: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
	properties: [
		of('datetime', 'hs_timestamp', 'Due date'),
		text('hs_task_subject', 'Task Title'),
		text('hs_task_body', 'Notes'),
		oneOf(
			'hs_task_status',
			'Task Status',
			...['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'],
		),
		oneOf('hs_task_priority', 'Priority', 'NONE', 'LOW', 'MEDIUM', 'HIGH'),
		oneOf('hs_task_type', 'Task Type', 'TODO', 'CALL', 'EMAIL'),
		text('hs_task_reminders', 'Reminders'),
		custom({ ...text('lead_handoff_key', 'Lead handoff key'), unique: true }),
		owner,
		readOnly('number', 'hs_object_id', 'Record ID'),
		readOnly('datetime', 'hs_createdate', 'Create Date'),
		readOnly('datetime', 'hs_lastmodifieddate', 'Last Modified Date'),
	],
});
