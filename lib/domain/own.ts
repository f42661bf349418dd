/** What a table has under a name that a stranger chose: `constructor` is in no table of ours. */
export const own = <Value>(
	table: Readonly<Record<string, Value>>,
	name: string,
): Value | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
