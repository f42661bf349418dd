import { search } from 'jmespath';
import { z } from 'zod';
import { facts } from '../../../domain/enrichment-facts';
import { FIELD_PATHS } from '../../../domain/enrichment-fields';
import { PipelineError } from '../../../domain/errors';
import type { Facts, FieldPath } from '../port';
import { typed } from '../typed';

/** Where the values of an answer stand, each a JMESPath expression: https://jmespath.org */
export interface AnswerMap {
	readonly fields: Readonly<Partial<Record<FieldPath, string>>>;
	/** True in the sense of JMESPath: not null, false or empty. Absent: whenever a field has a value. */
	readonly foundWhen?: string;
	/** What this answer cost, in credits. Absent: the price of a hit. */
	readonly credits?: string;
	/** How sure the API is, 0 to 1 or in per cent. */
	readonly confidence?: string;
}

export interface Reading {
	readonly fields: Facts;
	readonly credits?: number;
	readonly confidence?: number;
}

/** A reader of answers. Throws `CONFIG_INVALID` for an expression that nothing could ever be read with. */
export function answerReader(name: string, map: AnswerMap): (body: unknown) => Reading {
	const paths = FIELD_PATHS.filter((path) => map.fields[path]?.trim());
	for (const path of paths) check(`${name}: the value for ${path}`, map.fields[path] ?? '');
	check(`${name}: 'Found When'`, map.foundWhen ?? '@');
	check(`${name}: the credits`, map.credits ?? '@');
	check(`${name}: the confidence`, map.confidence ?? '@');
	return (body) => {
		const found = map.foundWhen === undefined || isTrue(valueOf(body, map.foundWhen));
		const said = paths.map((path) => [path, typed(path, valueOf(body, map.fields[path]))] as const);
		const credits = numberIn(valueOf(body, map.credits));
		const sure = numberIn(valueOf(body, map.confidence));
		return {
			fields: found ? facts(Object.fromEntries(said)) : {},
			...(credits !== undefined && { credits }),
			...(sure !== undefined && sure <= 100 && { confidence: sure > 1 ? sure / 100 : sure }),
		};
	};
}

/** A function of JMESPath that is given null throws: then there is no value. */
function valueOf(body: unknown, expression: string | undefined): unknown {
	if (!expression) return undefined;
	try {
		const value: unknown = search(body, expression);
		return value;
	} catch {
		return undefined;
	}
}

function check(what: string, expression: string) {
	try {
		search(null, expression);
	} catch (error) {
		const reason = error instanceof Error ? error.message : '';
		// A function that does not take null may take what an answer holds.
		if (reason.startsWith('TypeError:')) return;
		throw new PipelineError(
			'CONFIG_INVALID',
			`${what} is no JMESPath expression (${reason}). Write it like data.people[0].title`,
		);
	}
}

/** https://jmespath.org/specification.html#or-expressions */
const isTrue = (value: unknown) =>
	value !== undefined &&
	value !== null &&
	value !== false &&
	value !== '' &&
	!(typeof value === 'object' && Object.keys(value).length === 0);

const Amount = z.coerce.number().nonnegative();
const numberIn = (value: unknown): number | undefined =>
	typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
		? Amount.safeParse(value).data
		: undefined;
