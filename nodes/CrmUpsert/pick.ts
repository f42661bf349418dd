import type {
	FieldType,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { CrmProperty } from '../../lib/vendors/crm/port';
import { openCrm } from './account';

const TYPES: Readonly<Record<CrmProperty['type'], FieldType>> = {
	string: 'string',
	number: 'number',
	date: 'dateTime',
	datetime: 'dateTime',
	enumeration: 'options',
	bool: 'boolean',
};

/** The properties of the account that can be written, for the editor. */
export async function getContactProperties(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const account = openCrm(this);
	const definitions = await account.definitions(true);
	const writable = definitions.filter(({ name, readOnly }) => !readOnly && name !== 'email');
	return { fields: writable.map(toField) };
}

function toField({ name, label, type, multiple, options }: CrmProperty): ResourceMapperField {
	// A drop-down takes one value: several are written as text, joined by `;`.
	const listed = type === 'enumeration' && !multiple && options?.length ? options : undefined;
	return {
		id: name,
		displayName: `${label} (${name})`,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: true,
		type: type === 'enumeration' && !listed ? 'string' : TYPES[type],
		...(listed && {
			options: listed.map((option) => ({ name: option.label, value: option.value })),
		}),
	};
}

/** The people who can own a contact, for the editor. */
export async function searchOwners(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const owners = await openCrm(this).crm.owners();
	const wanted = filter.toLowerCase();
	return {
		results: owners
			.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
			.map(({ id, name, email }) => ({ name: email ? `${name} (${email})` : name, value: id })),
	};
}
