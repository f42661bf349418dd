/** 16 digits or more where a value stands: JSON.parse would round some of them. */
const LONG_INTEGER = /(?:^|[[:,\s])-?\d{16,}(?=[\s,}\]]|$)/;

/**
 * JSON, with whole numbers that a JavaScript number cannot hold kept as text, digit for digit: vendors
 * use 64-bit numbers as ids. Throws `SyntaxError` as JSON.parse does.
 */
export function parseJson(text: string): unknown {
	return LONG_INTEGER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

/** The third argument holds the value as written (https://tc39.es/proposal-json-parse-with-source/). */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
	if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
	const { source = '' } = context ?? {};
	return /^-?\d+$/.test(source) ? source : value;
}
