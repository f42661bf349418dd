import { PipelineError } from '../../../lib/domain/errors';
import { isRecord } from '../../../lib/domain/form';
import type { Scheme, SchemeFactory } from '../../../lib/domain/signature/scheme';
import { signatures } from '../../../lib/vendors/signatures';
import { genericHmac } from '../../../lib/vendors/signatures/generic';
import { jwt } from '../../../lib/vendors/signatures/jwt';
import { staticHeader } from '../../../lib/vendors/signatures/static-header';
import { urlToken } from '../../../lib/vendors/signatures/url-token';
import type { Desk } from './context';
import { genericFields } from './generic-fields';

type Settings = (desk: Desk) => Readonly<Record<string, unknown>>;

const OPTIONS = 'genericOptions';

const genericSettings: Settings = ({ read }) => {
	const names = genericFields.map(({ name }) => name).filter((name) => name !== OPTIONS);
	const options = read(OPTIONS, {});
	return {
		...Object.fromEntries(names.map((name) => [name, read(name, undefined)])),
		...(isRecord(options) && options),
	};
};

/** What the panel calls a setting, by what the scheme calls it. */
const renamed =
	(names: Readonly<Record<string, string>>): Settings =>
	({ read }) =>
		Object.fromEntries(
			Object.entries(names).map(([setting, field]) => [setting, read(field, undefined)]),
		);

/** Senders that the panel describes, and from what. */
export const FACTORIES: ReadonlyArray<{
	readonly factory: SchemeFactory;
	readonly settings: Settings;
}> = [
	{ factory: genericHmac, settings: genericSettings },
	{
		factory: jwt,
		settings: renamed({
			algorithm: 'jwtAlgorithms',
			issuer: 'jwtIssuer',
			audience: 'jwtAudience',
			jwksUrl: 'jwtKeysUrl',
			header: 'jwtHeader',
			prefix: 'jwtPrefix',
		}),
	},
	{
		factory: staticHeader,
		settings: renamed({ header: 'staticHeader', prefix: 'staticPrefix' }),
	},
	{ factory: urlToken, settings: renamed({ parameter: 'urlParameter' }) },
];

/** The scheme that the panel names. Throws `CONFIG_INVALID`. */
export function schemeOf(desk: Desk): Scheme {
	const sender = desk.read('sender');
	const made = FACTORIES.find(({ factory }) => factory.id === sender);
	if (made) return made.factory.open(given(made.settings(desk)));
	const scheme = signatures.find(({ id }) => id === sender);
	if (scheme) return scheme;
	throw new PipelineError(
		'CONFIG_INVALID',
		`'Sender' is "${String(sender)}", which this version does not know`,
	);
}

/** An empty field is one that was not filled in. */
const given = (settings: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(
		Object.entries(settings).filter(([, value]) => value !== undefined && value !== ''),
	);
