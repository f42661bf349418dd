export type Encoding = 'hex' | 'base64' | 'base64url';

const ALPHABET: Readonly<Record<Encoding, RegExp>> = {
	hex: /^(?:[0-9a-f]{2})+$/i,
	base64: /^[A-Za-z0-9+/]+={0,2}$/,
	base64url: /^[A-Za-z0-9_-]+$/,
};

/** Strict: Node's own decoders skip what they do not know, so that `abc!` would equal `abc`. */
export function decode(text: string, encoding: Encoding): Buffer | null {
	if (!ALPHABET[encoding].test(text)) return null;
	const bytes = Buffer.from(text, encoding);
	if (encoding === 'hex') return bytes;
	return bytes.toString(encoding) === text ? bytes : null;
}
