import { companies } from './companies';
import { contacts } from './contacts';
import type { ObjectType, Property } from './property';
import { tasks } from './tasks';

/** What the seeded portal can hold. */
export const objectTypes: readonly ObjectType[] = [contacts, companies, tasks];

export function objectTypeNamed(name: string): ObjectType | undefined {
	return objectTypes.find(
		(type) => type.name === name || type.typeId === name || `${name}s` === type.name,
	);
}

/** As GET …/properties/{objectType} shows it. */
export function published(property: Property, displayOrder: number) {
	return {
		updatedAt: '2026-01-05T09:00:00.000Z',
		createdAt: '2026-01-05T09:00:00.000Z',
		name: property.name,
		label: property.label,
		type: property.type === 'phone_number' ? 'string' : property.type,
		fieldType: fieldType(property),
		description: '',
		groupName: property.custom ? 'lead_handoff' : 'contactinformation',
		options: (property.options ?? []).map((option, order) => ({
			...option,
			displayOrder: order,
			hidden: false,
		})),
		displayOrder,
		calculated: false,
		externalOptions: property.owner ?? false,
		...(property.owner ? { referencedObjectType: 'OWNER' } : {}),
		hasUniqueValue: property.unique ?? false,
		hidden: false,
		hubspotDefined: !property.custom,
		modificationMetadata: {
			archivable: property.custom ?? false,
			readOnlyDefinition: !property.custom,
			readOnlyValue: property.readOnly ?? false,
		},
		formField: !property.readOnly,
		archived: false,
	};
}

function fieldType(property: Property): string {
	if (property.multiple) return 'checkbox';
	const types: Record<Property['type'], string> = {
		string: 'text',
		number: 'number',
		date: 'date',
		datetime: 'date',
		enumeration: 'select',
		bool: 'booleancheckbox',
		phone_number: 'phonenumber',
	};
	return types[property.type];
}
