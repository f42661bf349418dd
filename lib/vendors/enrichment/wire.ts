import { z } from 'zod';
import { facts } from '../../domain/enrichment-facts';
import type { FactValue } from '../../domain/enrichment-fields';
import type { Employer, Facts } from './port';

type Maybe = string | null | undefined;

/** A part of a vendor's answer that may be null, or something else on plans that do not include it. */
export const part = <T extends z.ZodRawShape>(shape: T) =>
	z.object(shape).nullish().catch(undefined);

/** A list of parts; what has another shape is null. */
export const parts = <T extends z.ZodRawShape>(shape: T) =>
	z.array(z.object(shape).nullable().catch(null)).nullish().catch(undefined);

/** Those of a list that are there. */
export const present = <T>(list: ReadonlyArray<T | null | undefined> | null | undefined) =>
	(list ?? []).flatMap((one) => one ?? []);

export const knowsSomething = (known: Facts) => Object.keys(known).length > 0;

export const textOf = (value: FactValue | undefined) =>
	typeof value === 'string' ? value : undefined;

/** 0 to 1, or nothing. */
export const confidenceOf = (value: number | null | undefined) =>
	typeof value === 'number' && value >= 0 && value <= 1 ? { confidence: value } : {};

/** The employer for a found answer; nothing where nothing is known of it. */
export function employerOf(said: {
	readonly name: Maybe;
	/** Or a URL at it. */
	readonly domain: Maybe;
	readonly title: Maybe;
	readonly since: Maybe;
}): { readonly employer?: Employer } {
	const clean = facts({
		'company.name': said.name,
		'company.domain': said.domain,
		'person.title': said.title,
	});
	const name = textOf(clean['company.name']);
	const domain = textOf(clean['company.domain']);
	const title = textOf(clean['person.title']);
	const since = /^\d{4}(-\d{2}(-\d{2})?)?/.exec(said.since ?? '')?.[0];
	if (!name && !domain) return {};
	return {
		employer: {
			...(name && { name }),
			...(domain && { domain }),
			...(title && { title }),
			...(since && { since }),
		},
	};
}
