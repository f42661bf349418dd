import { formRecord } from '../../domain/form-record';
import { leadRecord } from '../../domain/lead-record';
import { lifted } from './by-name';
import type { LeadSource } from './port';
import { list } from './read';

/** Fields of people's own forms and services, by their usual names. The last to be asked. */
export const form: LeadSource = {
	id: 'form',
	title: 'Form or Other',
	docs: 'https://github.com/lead-handoff/n8n-nodes-lead-handoff/blob/main/docs/nodes/lead-normalize.md',
	recognises: () => false,
	read: (payload) => list(payload).map((one) => leadRecord(one) ?? formRecord(lifted(one))),
};
