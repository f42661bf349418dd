import type { Lead } from './lead';

/** Every place in the canonical lead that a provider may fill. */
export const FIELD_PATHS = [
	'identity.email',
	'identity.emailStatus',
	'identity.phone',
	'person.firstName',
	'person.lastName',
	'person.fullName',
	'person.title',
	'person.seniority',
	'person.department',
	'person.linkedinUrl',
	'person.timezone',
	'person.country',
	'person.city',
	'company.name',
	'company.domain',
	'company.employeeCount',
	'company.industry',
	'company.revenue',
	'company.techStack',
	'company.phone',
	'company.linkedinUrl',
	'company.country',
] as const;

/** A path into the canonical lead that a provider may fill. */
export type FieldPath = (typeof FIELD_PATHS)[number];

export type FactValue = string | number | readonly string[];

/** What a provider says, by path. A path that is absent is unknown; there are no nulls. */
export type Facts = Readonly<Partial<Record<FieldPath, FactValue>>>;

type Section = 'identity' | 'person' | 'company';
type Sections = Readonly<Record<Section, Readonly<Record<string, unknown>>>>;

export const isFieldPath = (path: string): path is FieldPath =>
	FIELD_PATHS.some((known) => known === path);

/** The facts as a list, in the order of the paths. */
export const factList = (facts: Facts): ReadonlyArray<readonly [FieldPath, FactValue]> =>
	FIELD_PATHS.flatMap((path) => {
		const value = facts[path];
		return value === undefined ? [] : [[path, value] as const];
	});

/** The wanted fields that the lead does not have, or has only by inference, in the order wanted. */
export const missingOf = (lead: Lead, wanted: readonly FieldPath[]): FieldPath[] =>
	wanted.filter((path) => isEmpty(valueAt(lead, path)) || isInferred(lead, path));

const isInferred = ({ person }: Lead, path: FieldPath) =>
	path === 'person.timezone' && person.timezoneSource?.startsWith('inferred') === true;

/** The lead with the facts put in. Writes over what is there: choose the facts with `merge` first. */
export function withFacts<T extends Sections>(lead: T, facts: Facts): T {
	const added: Record<Section, Record<string, FactValue>> = {
		identity: {},
		person: {},
		company: {},
	};
	for (const [path, value] of factList(facts)) {
		const [section, key] = PLACES[path];
		added[section][key] = value;
	}
	if (facts['person.timezone'] !== undefined) added.person['timezoneSource'] = 'enriched';
	return {
		...lead,
		identity: { ...lead.identity, ...added.identity },
		person: { ...lead.person, ...added.person },
		company: { ...lead.company, ...added.company },
	};
}

/** The lead as if these fields were unknown. */
export function withoutFields<T extends Sections>(lead: T, paths: readonly FieldPath[]): T {
	const gone: Record<Section, Record<string, undefined>> = {
		identity: {},
		person: {},
		company: {},
	};
	for (const path of paths) {
		const [section, key] = PLACES[path];
		gone[section][key] = undefined;
	}
	return {
		...lead,
		identity: { ...lead.identity, ...gone.identity },
		person: { ...lead.person, ...gone.person },
		company: { ...lead.company, ...gone.company },
	};
}

export function valueAt(lead: Sections, path: FieldPath): unknown {
	const [section, key] = PLACES[path];
	return lead[section][key];
}

const placeOf = (path: FieldPath): readonly [Section, string] => {
	const key = path.slice(path.indexOf('.') + 1);
	if (path.startsWith('identity.')) return ['identity', key];
	return [path.startsWith('person.') ? 'person' : 'company', key];
};

const PLACES: Readonly<Record<FieldPath, readonly [Section, string]>> = Object.assign(
	{},
	...FIELD_PATHS.map((path) => ({ [path]: placeOf(path) })),
);

const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);
