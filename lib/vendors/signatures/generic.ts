import { decode } from '../../domain/signature/decode';
import { fact, id as idField } from '../../domain/signature/fact';
import type { Received } from '../../domain/signature/received';
import { refuse, type Refused } from '../../domain/signature/refusals';
import type { Read, Scheme, SchemeFactory } from '../../domain/signature/scheme';
import { timestampFrom, type Timestamp } from '../../domain/signature/text';
import { GENERIC_HMAC, hmacSettings, type HmacSettings } from './generic/hmac-settings';
import { signaturesIn } from './generic/signatures';
import { NO_CLOCK } from './weaknesses';

const ABOUT = {
	id: 'generic-hmac',
	title: GENERIC_HMAC,
	needs: 'secret',
	where: "The sender's webhook settings",
	docs: 'https://www.rfc-editor.org/rfc/rfc2104',
} as const;

/** A scheme for a sender without a preset, from what its documents say. */
export const genericHmac: SchemeFactory = {
	...ABOUT,
	open(input): Scheme {
		const settings = hmacSettings(input);
		const { algorithm, encoding, template, eventIdHeader } = settings;
		const weakness = weaknessOf(settings);
		return {
			...ABOUT,
			...(weakness && { weakness }),
			...(['url', 'host', 'path', 'query'].some(template.has) && { signsUrl: true }),
			toleranceMs: settings.hasClock ? settings.toleranceSeconds * 1000 : null,
			read: (received) => read(received, settings),
			proofs: [
				{
					kind: 'hmac',
					algorithm,
					encoding,
					contents: (received, signed) => [template.fill(received, signed)],
					key: (secret) => keyOf(secret, settings),
				},
			],
			events(received) {
				const header = eventIdHeader ? received.header(eventIdHeader) : null;
				const id = header?.ok ? header.value : idAt(received, settings.eventIdPath);
				return [fact({ id })];
			},
		};
	},
};

function read(received: Received, settings: HmacSettings): Read {
	const { template, eventIdHeader, eventIdPath } = settings;
	const signatures = signaturesIn(received, settings);
	if (!signatures.ok) return signatures;
	for (const name of template.headers) {
		const header = received.header(name);
		if (!header?.ok) return header ?? refuse('MISSING_SIGNATURE');
	}
	const at = settings.hasClock ? timeOf(received, settings, signatures.times) : null;
	if (at && !at.ok) return at;
	const header = eventIdHeader ? received.header(eventIdHeader) : null;
	if (header && !header.ok) return header;
	const id = header?.value ?? idAt(received, eventIdPath);
	const idIsSigned = template.has('id') || template.headers.includes(eventIdHeader);
	if (idIsSigned && id === undefined) return refuse('MISSING_SIGNATURE');
	return {
		ok: true,
		signatures: signatures.texts.map((text) => ({ text })),
		...at,
		...(idIsSigned && id !== undefined && { eventId: id }),
	};
}

function timeOf(
	received: Received,
	{ timestampHeader, timestampQuery, timestampUnit }: HmacSettings,
	paired: readonly string[],
): Timestamp | Refused {
	const [first, ...others] = paired;
	if (others.length > 0) return refuse('MALFORMED_TIMESTAMP');
	if (first) return timestampFrom(first, timestampUnit);
	const found = timestampHeader
		? received.header(timestampHeader)
		: timestampQuery
			? received.query(timestampQuery)
			: null;
	if (!found) return refuse('MISSING_TIMESTAMP');
	return found.ok ? timestampFrom(found.value, timestampUnit) : found;
}

/** `data.id`, in a JSON body. */
function idAt(received: Received, path: string): string | undefined {
	if (path === '') return undefined;
	let found: unknown = received.json();
	for (const name of path.split('.')) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
			return undefined;
		found = Reflect.get(found, name);
	}
	const id = idField.parse(found);
	return id === undefined || id === '' ? undefined : String(id);
}

function keyOf(secret: string, { secretPrefix, secretEncoding }: HmacSettings): Buffer | null {
	const bare = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
	return secretEncoding === 'utf8' ? Buffer.from(bare) : decode(bare, secretEncoding);
}

/** A time that nobody signed is still looked at, as it always was, but a forger can write a new one. */
function weaknessOf(settings: HmacSettings): string | undefined {
	const { hasClock, template, timestampHeader, signedContent } = settings;
	if (/\{(?:url|path|query)\}\{(?:body|form)\}/i.test(signedContent))
		return 'Nothing stands between URL and body in what is signed: whoever has seen one delivery can move bytes from one into the other.';
	if (!hasClock) return NO_CLOCK;
	if (template.has('timestamp') || template.headers.includes(timestampHeader)) return undefined;
	return 'The time is not part of what is signed: a recorded delivery can be sent again with a new one.';
}
