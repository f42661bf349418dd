/** What a record holds now: property to value; absent, null and empty all mean "no value". */
export type Fields = Readonly<Record<string, string | null | undefined>>;

export interface WriteRules {
	/** Written only where the record has no value yet: first-touch fields. */
	readonly writeOnce?: readonly string[];
	/** Never overwritten once they have a value, because a person may have typed it. */
	readonly protect?: readonly string[];
	/** Permissions: a recorded no is never turned into a yes. */
	readonly permissions?: readonly string[];
	/** Property to its values in order; the record moves along the order and never back. */
	readonly forwardOnly?: Readonly<Record<string, readonly string[]>>;
}

export interface Change {
	/** Absent when the record had no value. */
	readonly from?: string;
	readonly to: string;
}

export interface Kept {
	/** What the record holds and goes on holding. */
	readonly value: string;
	readonly reason: string;
}

export interface FieldDiff {
	readonly changed: Readonly<Record<string, Change>>;
	/** What was wanted, differs, and was not done, with the reason. */
	readonly kept: Readonly<Record<string, Kept>>;
}

/** The smallest write that brings the record to the wanted values. An empty wanted value asks for nothing, so that nothing is ever cleared. */
export function diffFields(current: Fields, wanted: Fields, rules: WriteRules = {}): FieldDiff {
	const changed: Array<[string, Change]> = [];
	const kept: Array<[string, Kept]> = [];
	for (const [property, value] of Object.entries(wanted)) {
		const to = value?.trim();
		const from = valueOf(current, property);
		if (!to || (from !== undefined && sameValue(from, to))) continue;
		const reason = from === undefined ? undefined : whyKept(property, from, to, rules);
		if (from !== undefined && reason) kept.push([property, { value: from, reason }]);
		else changed.push([property, { ...(from !== undefined && { from }), to }]);
	}
	return { changed: Object.fromEntries(changed), kept: Object.fromEntries(kept) };
}

/** The record after the write. */
export function applyChanges(current: Fields, changed: FieldDiff['changed']): Fields {
	const written = Object.entries(changed).map(([property, { to }]) => [property, to] as const);
	return { ...current, ...Object.fromEntries(written) };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Equal as text, or two spellings of one instant: a CRM may give `…:00Z` back for `…:00.000Z`. */
export function sameValue(one: string, other: string): boolean {
	if (one.trim() === other.trim()) return true;
	return INSTANT.test(one) && INSTANT.test(other) && Date.parse(one) === Date.parse(other);
}

function valueOf(fields: Fields, property: string): string | undefined {
	const value = Object.hasOwn(fields, property) ? fields[property] : undefined;
	return value?.trim() ? value : undefined;
}

const isNo = (value: string) => /^(false|no|0|denied|unsubscribed)$/i.test(value.trim());

function whyKept(property: string, from: string, to: string, rules: WriteRules) {
	if (rules.writeOnce?.includes(property)) return 'written once, and it already has a value';
	if (rules.protect?.includes(property)) return 'protected, and it already has a value';
	if (rules.permissions?.includes(property) && isNo(from) && !isNo(to))
		return 'the person refused before, and a later yes does not lift that';
	const forwardOnly = rules.forwardOnly ?? {};
	const order = Object.hasOwn(forwardOnly, property) ? forwardOnly[property] : undefined;
	return order && whyNotForward(order, from, to);
}

function whyNotForward(order: readonly string[], from: string, to: string) {
	const [now, next] = [order.indexOf(from), order.indexOf(to)];
	if (now < 0) return `the order of '${from}' is not known, and going back cannot be ruled out`;
	if (next < 0) return `the order of '${to}' is not known, and going back cannot be ruled out`;
	return next < now ? `'${from}' comes after '${to}', and it never goes back` : undefined;
}
