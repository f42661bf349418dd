/** Deeper than any sender nests. JSON.parse reads more, but whoever writes it again runs out of stack. */
const MAX_DEPTH = 200;

/** The value of a JSON text; undefined when it is none, or nested deeper than anyone can work with. */
export function jsonOf(text: string): unknown {
	if (isTooDeep(text)) return undefined;
	try {
		return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
	} catch {
		return undefined;
	}
}

/** The object or list that the bytes are as JSON; undefined where they are anything else. */
export function dataIn(bytes: Buffer): object | undefined {
	const data = jsonOf(bytes.toString('utf8'));
	return typeof data === 'object' && data !== null ? data : undefined;
}

function isTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at += 1) {
		const letter = text[at];
		if (inString) {
			if (letter === '\\') at += 1;
			else if (letter === '"') inString = false;
		} else if (letter === '"') inString = true;
		else if (letter === '[' || letter === '{') {
			depth += 1;
			if (depth > MAX_DEPTH) return true;
		} else if (letter === ']' || letter === '}') depth -= 1;
	}
	return false;
}
