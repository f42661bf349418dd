import { maskValue } from './mask';

/** What a CRM says about one of its properties. */
export interface PropertyDefinition {
	readonly name: string;
	readonly type: string;
	readonly readOnly: boolean;
	/** Whether an enumeration takes several values, joined by `;`. */
	readonly multiple?: boolean;
	/** In the CRM's order. Absent or empty: the values are not listed. */
	readonly options?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
}

export interface PropertyProblem {
	readonly property: string;
	/** One sentence with the value and what would be right. */
	readonly message: string;
}

/** What the CRM would refuse, found before anything is written. */
export function checkProperties(
	values: Readonly<Record<string, string>>,
	definitions: readonly PropertyDefinition[],
): PropertyProblem[] {
	const known = new Map(definitions.map((definition) => [definition.name, definition]));
	return Object.entries(values).flatMap(([property, value]) => {
		const message = problemOf(property, value, known.get(property));
		return message ? [{ property, message }] : [];
	});
}

function problemOf(property: string, value: string, definition?: PropertyDefinition) {
	if (!definition) return `Property '${property}' does not exist in the account`;
	if (definition.readOnly) return `Property '${property}' is read-only in the account`;
	if (definition.type === 'number' && !Number.isFinite(Number(value))) {
		return `Property '${property}' takes a number and got ${maskValue(value)}`;
	}
	return definition.options?.length ? notAllowed(definition, value, definition.options) : undefined;
}

const SHOWN = 20;

function notAllowed(
	{ name, multiple }: PropertyDefinition,
	value: string,
	options: NonNullable<PropertyDefinition['options']>,
): string | undefined {
	const allowed = options.map((option) => option.value);
	const given = multiple ? value.split(';').map((part) => part.trim()) : [value];
	const wrong = given.find((part) => !allowed.includes(part));
	if (wrong === undefined) return undefined;
	const meant = options.find(({ label }) => label.toLowerCase() === wrong.toLowerCase());
	const listed = allowed.slice(0, SHOWN).join(', ') + (allowed.length > SHOWN ? ', …' : '');
	return (
		`Property '${name}' does not take ${maskValue(wrong)}. ` +
		(meant ? `Its internal value is '${meant.value}'` : `Allowed are: ${listed}`)
	);
}
