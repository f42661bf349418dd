import { team } from '../../team';

export interface Property {
	readonly name: string;
	readonly label: string;
	readonly type:
		'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool' | 'phone_number';
	readonly options?: readonly Option[];
	readonly readOnly?: boolean;
	readonly unique?: boolean;
	/** Made by the portal's owner, not by HubSpot. */
	readonly custom?: boolean;
	/** `hubspot_owner_id`: an enumeration whose options are the owners. */
	readonly owner?: boolean;
	/** Several options in one value, separated by `;`. */
	readonly multiple?: boolean;
}

interface Option {
	readonly value: string;
	readonly label: string;
}

export interface ObjectType {
	/** As in paths: `contacts`. */
	readonly name: string;
	/** As in ids: `0-1`. */
	readonly typeId: string;
	readonly properties: ReadonlyMap<string, Property>;
	readonly required: readonly string[];
	/** Answered when nobody asks for particular ones. */
	readonly defaults: readonly string[];
	/** Name of the read-only property with the time of the last change. */
	readonly modified: string;
}

type Kind = Property['type'];

export const lifecycleStages = [
	'subscriber',
	'lead',
	'marketingqualifiedlead',
	'salesqualifiedlead',
	'opportunity',
	'customer',
	'evangelist',
	'other',
] as const;

export const text = (name: string, label: string): Property => ({ name, label, type: 'string' });
export const of = (type: Kind, name: string, label: string): Property => ({ name, label, type });
export const oneOf = (name: string, label: string, ...values: string[]): Property => ({
	name,
	label,
	type: 'enumeration',
	options: values.map((value) => ({ value, label: titled(value) })),
});
export const readOnly = (type: Kind, name: string, label: string): Property => ({
	...of(type, name, label),
	readOnly: true,
});
export const custom = (property: Property): Property => ({ ...property, custom: true });

export const owner: Property = {
	name: 'hubspot_owner_id',
	label: 'Owner',
	type: 'enumeration',
	owner: true,
	options: team.map(({ hubspotOwnerId, name }) => ({ value: hubspotOwnerId, label: name })),
};

export function objectType({
	properties,
	...rest
}: Omit<ObjectType, 'properties'> & { properties: readonly Property[] }): ObjectType {
	return { ...rest, properties: new Map(properties.map((property) => [property.name, property])) };
}

function titled(value: string): string {
	const words = value.toLowerCase().replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
