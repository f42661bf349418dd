type Fields = Readonly<Record<string, unknown>>;

/**
 * The record of each input: the one that repeats it, else the one in its place. The old API repeats
 * the names in lower case.
 */
export function placed<Of>(
	records: readonly Of[],
	inputs: readonly Fields[],
	echoOf: (record: Of) => Fields | null | undefined,
): ReadonlyArray<Of | undefined> {
	return inputs.map(
		(input, place) => records.find((record) => repeats(echoOf(record), input)) ?? records[place],
	);
}

function repeats(echo: Fields | null | undefined, input: Fields): boolean {
	const said = new Map(Object.entries(echo ?? {}).map(([name, value]) => [low(name), low(value)]));
	const asked = Object.entries(input).filter(([, value]) => value !== undefined);
	return asked.length > 0 && asked.every(([name, value]) => said.get(low(name)) === low(value));
}

const low = (value: unknown) => String(value).trim().toLowerCase();
