import { PipelineError } from '../../lib/domain/errors';
import { sources } from '../../lib/vendors/sources';
import type { LeadSource } from '../../lib/vendors/sources/port';
import { sourceNamed } from '../../lib/vendors/sources/recognise';

export const AUTOMATIC = 'auto';
export const CUSTOM = 'custom';

export const titles: Readonly<Record<string, string>> = {
	...Object.fromEntries(sources.map(({ id, title }) => [id, title])),
	[CUSTOM]: 'own mapping',
};

/** The sender that was chosen by hand; undefined where it is to be found out. */
export function sourceOf(chosen: string): LeadSource | undefined {
	if (chosen === AUTOMATIC) return undefined;
	const source = sourceNamed(chosen);
	if (source) return source;
	throw new PipelineError(
		'CONFIG_INVALID',
		`'Source' is "${chosen}", which this version does not know`,
	);
}
