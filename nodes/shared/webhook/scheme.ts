import { PipelineError } from '../../../lib/domain/errors';
import type { Scheme } from '../../../lib/domain/signature/scheme';
import { signatures } from '../../../lib/vendors/signatures';
import { genericHmac } from '../../../lib/vendors/signatures/generic';
import { GENERIC, GENERIC_SETTINGS } from './generic-fields';
import type { Desk } from './context';

/** The scheme that the panel names. Throws `CONFIG_INVALID`. */
export function schemeOf(desk: Desk): Scheme {
	const sender = desk.read('sender');
	if (sender === GENERIC) return genericHmac(settingsOf(desk, GENERIC_SETTINGS));
	const scheme = signatures.find(({ id }) => id === sender);
	if (scheme) return scheme;
	throw new PipelineError(
		'CONFIG_INVALID',
		`'Sender' is "${String(sender)}", which this version does not know`,
	);
}

const settingsOf = ({ read }: Desk, names: readonly string[]) =>
	Object.fromEntries(
		names.flatMap((name) => {
			const value = read(name, undefined);
			return value === undefined || value === '' ? [] : [[name, value]];
		}),
	);
