import { z } from 'zod';
import { compile, type Template } from './template';
import { headerName, invalidSetting, readSettings } from './settings';

export const GENERIC_HMAC = 'Generic HMAC';

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
	z.enum(values, { error: `this has to be one of ${values.join(', ')}` });

/** What a sender's documents say about its signature, as the user fills it in. */
const Settings = z.object({
	/** One header, or several with commas between them where the sender signs with several keys. */
	signatureHeader: z.string().default(''),
	/** The query parameter that holds the signature, where no header does. */
	signatureQuery: z.string().trim().default(''),
	/** The signature alone, several of them, or pairs like `t=…,v1=…`. */
	signatureForm: oneOf(['plain', 'list', 'pairs']).default('plain'),
	/** Between the parts of a list, or between pairs. */
	separator: oneOf([',', ';', ' ']).default(','),
	/** The name of a signature among pairs. */
	signatureKey: z.string().trim().default('v1'),
	/** The name of the time among pairs. */
	timestampKey: z.string().trim().default(''),
	/** Stands before the signature, e.g. `sha256=`. */
	prefix: z.string().default(''),
	algorithm: oneOf(['sha256', 'sha1', 'sha384', 'sha512']).default('sha256'),
	encoding: oneOf(['hex', 'base64', 'base64url']).default('hex'),
	/** See docs/nodes/webhook-verifier.md for the placeholders. */
	signedContent: z.string().default('{body}'),
	timestampHeader: headerName.default(''),
	timestampQuery: z.string().trim().default(''),
	timestampUnit: oneOf(['s', 'ms', 'iso-8601', 'rfc-1123']).default('s'),
	toleranceSeconds: z.number().positive().default(300),
	eventIdHeader: headerName.default(''),
	/** Where the id stands in a JSON body, e.g. `data.id`. */
	eventIdPath: z.string().trim().default(''),
	secretEncoding: oneOf(['utf8', 'base64', 'base64url', 'hex']).default('utf8'),
	/** Stands before the secret and is no part of the key, e.g. `whsec_`. */
	secretPrefix: z.string().default(''),
});

export interface HmacSettings extends Omit<z.infer<typeof Settings>, 'signatureHeader'> {
	readonly signatureHeaders: readonly string[];
	readonly template: Template;
	/** The sender says when it signed. */
	readonly hasClock: boolean;
}

/** Throws `CONFIG_INVALID` naming the setting. */
export function hmacSettings(input: Readonly<Record<string, unknown>>): HmacSettings {
	const { signatureHeader, ...settings } = readSettings(Settings, GENERIC_HMAC, input);
	const wrong = (setting: string, problem: string) =>
		invalidSetting(GENERIC_HMAC, setting, problem);
	const signatureHeaders = headersIn(signatureHeader);
	if (signatureHeaders.length === 0 && !settings.signatureQuery)
		throw wrong('signatureHeader', 'name the header that holds the signature');
	if (signatureHeaders.length > 0 && settings.signatureQuery)
		throw wrong('signatureQuery', 'the signature stands either in a header or in the URL');

	const template = compile(settings.signedContent);
	if ('unknown' in template)
		throw wrong('signedContent', `${template.unknown} is no placeholder that is known`);
	if (!template.coversBody)
		throw wrong(
			'signedContent',
			'it has to hold {body}, {form} or a hash such as {body:sha256:hex}: else any body would pass',
		);

	const pairs = settings.signatureForm === 'pairs';
	if (pairs && !settings.signatureKey)
		throw wrong('signatureKey', 'name the pair that holds the signature');
	if (!pairs && settings.timestampKey)
		throw wrong('timestampKey', 'there are no pairs to look for it in');
	const clocks = [settings.timestampHeader, settings.timestampQuery, settings.timestampKey];
	if (clocks.filter(Boolean).length > 1)
		throw wrong('timestampHeader', 'the time stands in one place: header, URL or pair');
	const hasClock = clocks.some(Boolean);
	if (template.has('timestamp') && !hasClock)
		throw wrong('timestampHeader', 'it is empty, but what is signed holds {timestamp}');
	if (template.has('id') && !settings.eventIdHeader && !settings.eventIdPath)
		throw wrong('eventIdHeader', 'it is empty, but what is signed holds {id}');
	return { ...settings, signatureHeaders, template, hasClock };
}

function headersIn(text: string): string[] {
	const names = text.split(',').map((name) => headerName.safeParse(name));
	return names.flatMap((name) => {
		if (name.success) return name.data === '' ? [] : [name.data];
		throw invalidSetting(GENERIC_HMAC, 'signatureHeader', 'this cannot be the name of a header');
	});
}
