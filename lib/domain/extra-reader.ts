import type { CustomProblem } from './custom-field';
import { cleanText, fieldName } from './form';
import { maskValue } from './mask';

/** Reads what a record says beyond the fields of a lead, by the names that CRMs give it. */
export interface ExtraReader<Id extends string> {
	/** The first of the field's names that holds something. Without a `reason` what cannot be read is no problem. */
	read<T>(id: Id, parse: (text: string) => T | undefined, reason?: string): T | undefined;
	readonly problems: CustomProblem[];
	/** What was not read, or cannot be. */
	rest(): Readonly<Record<string, unknown>>;
}

export function extraReader<Id extends string>(
	said: Readonly<Record<string, unknown>>,
	names: Readonly<Record<Id, readonly string[]>>,
): ExtraReader<Id> {
	const spelled = new Map(Object.keys(said).map((name) => [fieldName(name), name]));
	const taken = new Set<string>();
	const problems: CustomProblem[] = [];
	return {
		problems,
		rest: () => Object.fromEntries(Object.entries(said).filter(([name]) => !taken.has(name))),
		read(id, parse, reason) {
			for (const wanted of names[id]) {
				const name = spelled.get(fieldName(wanted));
				const value = name === undefined ? undefined : said[name];
				const text = typeof value === 'boolean' ? String(value) : cleanText(value);
				if (name === undefined || text === undefined) continue;
				const parsed = parse(text);
				if (parsed !== undefined) taken.add(name);
				else if (reason) problems.push({ field: `custom.${name}`, value: maskValue(text), reason });
				return parsed;
			}
			return undefined;
		},
	};
}

/** A number that is not below zero, as CRMs write it. */
export const amountOf = (text: string) =>
	/^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined;
