export type Encoding = 'hex' | 'base64' | 'base64url';

const HEX = /^(?:[0-9a-f]{2})+$/i;

/** Strict: Node's own decoders skip what they do not know, so that `abc!` would equal `abc`. */
export function decode(text: string, encoding: Encoding): Buffer | null {
	if (encoding === 'hex') return HEX.test(text) ? Buffer.from(text, 'hex') : null;
	const bytes = Buffer.from(text, encoding);
	return text !== '' && bytes.toString(encoding) === text ? bytes : null;
}
