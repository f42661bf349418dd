import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { mayUse } from '../../lib/domain/consent-gate';
import { mapContact, mapValues } from '../../lib/domain/contact-mapping';
import { PipelineError } from '../../lib/domain/errors';
import type { Lead } from '../../lib/domain/lead';
import { maskValue } from '../../lib/domain/mask';
import type { ContactWrite, CrmVendor, TaskWrite } from '../../lib/vendors/crm/port';
import type { LeadItem } from '../shared/each-item';
import { attempt } from './attempt';
import { readLead } from '../shared/read-lead';

export type WantedTask = Omit<TaskWrite, 'recordId' | 'ownerId' | 'newRecord' | 'triedBefore'>;

/** What one item asks of the CRM. */
export interface LeadRequest {
	readonly write: ContactWrite;
	/** Those of the properties that the user mapped by hand. */
	readonly additional: Readonly<Record<string, string>>;
	readonly checkValues: boolean;
	readonly task?: WantedTask;
}

/** Reads an item and its parameters. Throws `INVALID_INPUT`, or `FIELD_MISMATCH` where n8n itself finds a value wrong. */
export function readRequest(
	node: IExecuteFunctions,
	{ json, index }: LeadItem,
	vendor: CrmVendor,
): LeadRequest {
	const lead = readLead(json);
	const { email } = lead.identity;
	if (!email) {
		throw new PipelineError(
			'INVALID_INPUT',
			"The lead has no 'identity.email', and the CRM finds contacts by it. Enrich the lead first, or send it to a person",
		);
	}
	const options = node.getNodeParameter('options', index, {}) as IDataObject;
	const standard = node.getNodeParameter('standardFields', index, true)
		? mapContact(lead, vendor.standardFields)
		: {};
	const additional = mapValues(readAdditional(node, index));
	const ownerId = textOf(node.getNodeParameter('ownerId', index, '', { extractValue: true }));
	return {
		write: {
			email,
			properties: { ...standard, ...additional },
			writeOnce: namesIn(options['writeOnce'] ?? 'original_source'),
			protect: namesIn(options['protectHumanEdits']),
			permissions: namesIn(options['permissions'] ?? PERMISSIONS),
			keepOwner: options['keepExistingOwner'] !== false,
			...(ownerId && { ownerId }),
		},
		additional,
		checkValues: options['checkValues'] !== false,
		...(node.getNodeParameter('createTask', index, false) && {
			task: callable(readTask(node, index), lead),
		}),
	};
}

/** The default of the option, which n8n leaves out of the parameters. */
const PERMISSIONS = 'consent_email, consent_phone, consent_sms, consent_enrichment';

/** Nobody is told to call a person who does not want to be called. */
function callable(task: WantedTask, { consent }: Lead): WantedTask {
	const permission = mayUse(consent, 'phone');
	if (permission.allowed) return task;
	const warning = `Do not call: ${permission.reason}.`;
	const body = [warning, task.body].filter(Boolean).join('\n');
	return { ...task, kind: task.kind === 'CALL' ? 'TODO' : task.kind, body };
}

/** n8n checks mapped values against the schema in the workflow, and throws where they do not fit. */
function readAdditional(node: IExecuteFunctions, index: number): IDataObject {
	const value = attempt(() => node.getNodeParameter('additionalProperties.value', index, {}));
	if (!(value instanceof Error)) return (value ?? {}) as IDataObject;
	const { message, description } = value as Error & { description?: string };
	const said = [message, description].filter(Boolean).join(' ');
	throw new PipelineError('FIELD_MISMATCH', `'Additional Properties': ${said}`, { cause: value });
}

function readTask(node: IExecuteFunctions, index: number): WantedTask {
	const text = (name: string, label: string) => {
		const value = textOf(node.getNodeParameter(name, index, ''));
		if (value) return value;
		throw new PipelineError(
			'INVALID_INPUT',
			`'${label}' is empty for this lead. Look at its expression in the node`,
		);
	};
	return {
		subject: text('taskSubject', 'Task Subject'),
		body: textOf(node.getNodeParameter('taskBody', index, '')),
		dueAt: momentOf(text('taskDueAt', 'Task Due')),
		key: text('taskKey', 'Task Key'),
		kind: node.getNodeParameter('taskKind', index, 'CALL') as WantedTask['kind'],
		priority: node.getNodeParameter('taskPriority', index, 'HIGH') as WantedTask['priority'],
	};
}

/** Epoch ms of an ISO time or of ms written out. A time without an offset is refused: it would mean another moment on another server. */
function momentOf(text: string): number {
	const at = /^\d{12,14}$/.test(text) ? Number(text) : Date.parse(text);
	const hasOffset = /^\d+$|(Z|[+-]\d\d:?\d\d)$/i.test(text);
	if (Number.isFinite(at) && hasOffset) return at;
	throw new PipelineError(
		'INVALID_INPUT',
		`'Task Due' is ${maskValue(text)}. Give an ISO time with its offset, e.g. 2026-11-21T15:30:00Z`,
	);
}

const textOf = (value: unknown) =>
	value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim();

const namesIn = (list: unknown) =>
	(Array.isArray(list) ? list.map(String) : textOf(list).split(','))
		.map((name) => name.trim())
		.filter(Boolean);
