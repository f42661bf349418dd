import type { INodeProperties } from 'n8n-workflow';
import { storeCredentials, storeFields } from '../store-fields';
import { HAVE_A_CLOCK } from './sender-fields';

/** Deliveries that were seen before, inside the time in which they would be believed. */
export const replayFields: INodeProperties[] = [
	{
		displayName: 'Refuse Replays',
		name: 'refuseReplays',
		type: 'boolean',
		default: false,
		description:
			'Whether to remember each verified delivery and refuse the very same one when it comes again inside the tolerance. A sender that tries again signs anew and is let in. Repeated events are the business of Dedupe.',
		displayOptions: { show: { sender: HAVE_A_CLOCK } },
	},
];

/** Of the memory of replays and of the counts. */
export const memoryFields: INodeProperties[] = storeFields();
export const memoryCredentials = storeCredentials();
