import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { LAWFUL_BASES } from '../../lib/domain/consent';
import { type CustomField, customFields } from '../../lib/domain/custom-field';
import { PipelineError } from '../../lib/domain/errors';
import { FIELD_IDS } from '../../lib/domain/form-fields';
import type { SourceRecord } from '../../lib/domain/source-record';
import { label } from './label';
import { definitionsOf } from './read-context';

/** Ids of columns are names of fields; the user's own stand behind this. */
const OWN = 'custom:';
const CONSENT: Readonly<Record<string, string>> = {
	consentEmail: 'email',
	consentPhone: 'phone',
	consentSms: 'sms',
	consentEnrichment: 'enrichment',
};

/** The fields of a lead and the user's own, for the editor. */
export async function getLeadFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const rows = this.getNodeParameter('customFields.fields', []) as IDataObject[];
	// One that is being written has no name yet.
	const named = definitionsOf(rows).filter((row) => 'name' in row);
	return {
		fields: [
			...FIELD_IDS.map((id) => column(id, label(id), { removed: !SHOWN.has(id) })),
			...Object.keys(CONSENT).map((id) => column(id, label(id), { type: 'boolean' })),
			column('lawfulBasis', 'Lawful Basis', { type: 'options', options: options(LAWFUL_BASES) }),
			...customFields(named).map(ownColumn),
		],
	};
}

/** What nearly every form asks; the rest is one click away. */
const SHOWN: ReadonlySet<string> = new Set([
	...['email', 'firstName', 'lastName', 'phone', 'companyName', 'country'],
	...['utmSource', 'utmCampaign', 'eventId', 'occurredAt'],
]);

function ownColumn({ name, type, allowed, required }: CustomField): ResourceMapperField {
	const listed = allowed.length > 0 && type !== 'list';
	const known = type === 'number' || type === 'boolean' ? type : 'string';
	return column(`${OWN}${name}`, name, {
		required,
		removed: false,
		type: listed ? 'options' : known,
		...(listed && { options: options(allowed) }),
	});
}

const options = (values: readonly string[]) => values.map((value) => ({ name: value, value }));

const column = (
	id: string,
	displayName: string,
	more: Partial<ResourceMapperField>,
): ResourceMapperField => ({
	id,
	displayName,
	required: false,
	defaultMatch: false,
	canBeUsedToMatch: false,
	display: true,
	removed: true,
	type: 'string',
	...more,
});

/** A record of nothing but what the user has mapped. Throws `CONFIG_INVALID` when that is nothing. */
export function mappedRecord(node: IExecuteFunctions, index: number): SourceRecord {
	const value = (node.getNodeParameter('leadFields.value', index, null) ?? {}) as IDataObject;
	const said = Object.entries(value).filter(([, one]) => one !== null && one !== '');
	if (Object.keys(value).length === 0)
		throw new PipelineError(
			'CONFIG_INVALID',
			"'Lead Fields' maps nothing. Drag a value onto the email, or choose another source",
		);
	const named = (pick: (id: string) => string | undefined) =>
		Object.fromEntries(
			said.flatMap(([id, one]) => {
				const name = pick(id);
				return name === undefined ? [] : [[name, one] as const];
			}),
		);
	const channels = named((id) => CONSENT[id]);
	const basis = named((id) => (id === 'lawfulBasis' ? id : undefined));
	const consent = { ...basis, ...channels };
	const fields = named((id) => FIELD_IDS.find((known) => known === id));
	return {
		kind: 'lead',
		system: 'custom',
		event: 'webform_submitted',
		fields,
		...(Object.keys(consent).length > 0 && { consent }),
		custom: named((id) => (id.startsWith(OWN) ? id.slice(OWN.length) : undefined)),
	};
}
