/** Headers that let somebody in elsewhere, whatever this sender is proven by. */
const CREDENTIALS = new Set([
	'authorization',
	'cookie',
	'proxy-authorization',
	'x-api-key',
	'x-auth-token',
]);
/** A shorter secret may stand inside other words by chance: it is hidden only where it stands alone. */
const TELLING_LENGTH = 8;
const HIDDEN = '***';

/** A JSON Web Token lets its bearer in until it expires, in whichever header it stands. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/;

/** Headers fit to be stored with an execution. Signatures stay: they open nothing. */
export const withoutCredentials = (
	headers: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			CREDENTIALS.has(name) || TOKEN.test([value].flat().join(' ')) ? HIDDEN : value,
		]),
	);

/** The value without the secrets that senders of tokens put into headers, query and body. */
export function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
	const spellings = new Set(secrets.flatMap((secret) => [secret, escaped(secret)]));
	// The longest first: one may be the beginning of another, whose end would be left.
	return cleaned(
		value,
		[...spellings].sort((left, right) => right.length - left.length),
	);
}

/** As it stands in a URL, which proxies repeat in headers of their own. */
const escaped = (secret: string) => new URLSearchParams([['', secret]]).toString().slice(1);

function cleaned(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return hidden(value, secrets);
	if (Array.isArray(value)) return value.map((one) => cleaned(one, secrets));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, cleaned(one, secrets)]),
	);
}

const hidden = (text: string, secrets: readonly string[]) =>
	secrets.reduce((left, secret) => {
		if (secret === '' || left === secret) return secret === '' ? left : HIDDEN;
		return secret.length < TELLING_LENGTH ? left : left.replaceAll(secret, HIDDEN);
	}, text);
