import { form } from './form';
import { sources } from './index';
import type { LeadSource, SourceHints } from './port';

/** Who sent a payload: the one sender that knows it for its own, otherwise a form. */
export const recognise = (payload: unknown, hints: SourceHints): LeadSource =>
	sources.find((source) => source.recognises(payload, hints)) ?? form;

/** A sender that somebody chose by hand; undefined where this version knows none of that id. */
export const sourceNamed = (id: string): LeadSource | undefined =>
	sources.find((source) => source.id === id);
