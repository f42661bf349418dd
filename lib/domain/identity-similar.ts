import { createHash } from 'node:crypto';
import { CmpStr } from 'cmpstr';
import { confidenceOf, type Candidate, type Evidence } from './identity-decision';
import type { Profile } from './identity-map';
import { nameWords, personNameKey } from './identity-name';
import type { PersonRecord } from './identity-person';
import { companyKey } from './matching-key';

/** What names are compared by; undefined when the record has none to compare. */
export function profileOf({ name, company, domain }: PersonRecord): Profile | undefined {
	const key = personNameKey(name);
	const firm = company === undefined ? undefined : companyKey(company);
	if (!key || !(firm || domain)) return undefined;
	return { name: key, ...(firm && { company: firm }), ...(domain && { domain }) };
}

/**
 * Where similar people are looked for: who works for the same company and has a name with the same
 * initial, and who has the very same name elsewhere. As hashes.
 */
export function blocksOf({ name, company, domain }: Profile): readonly string[] {
	const initials = [...new Set(nameWords(name).map((word) => [...word][0] ?? ''))];
	const firms = [domain, company].filter((firm) => firm !== undefined);
	const places = firms.flatMap((firm) => initials.map((initial) => [firm, initial]));
	return [...places, [name]].map((place) =>
		createHash('sha256')
			.update(JSON.stringify(['block', ...place]))
			.digest('hex'),
	);
}

const jaroWinkler = CmpStr.create({ metric: 'jaroWinkler' });

/** Jaro-Winkler, 0 to 1; of names that are folded. */
export const similarity = (one: string, other: string): number =>
	one === other ? 1 : Number(jaroWinkler.compare(one, other));

/** How much a name and a company that are merely alike may say at most. */
const NAME_WEIGHT = 0.6;
const COMPANY_WEIGHT = 0.5;

/**
 * A person with nearly the same name in nearly the same company, for a human to look at; undefined when
 * either differs by more than `from` allows. Never a match by itself.
 */
export function compareProfiles(
	one: Profile,
	other: Profile,
	from: number,
): Pick<Candidate, 'confidence' | 'evidence' | 'reason'> | undefined {
	const name = similarity(one.name, other.name);
	const company = companySimilarity(one, other);
	if (name < from || company < from) return undefined;
	const evidence: Evidence[] = [
		{ key: 'name', value: percent(name), weight: NAME_WEIGHT * name },
		{ key: 'company', value: percent(company), weight: COMPANY_WEIGHT * company },
	];
	const reason = 'has a similar name and company, and nothing that identifies is the same';
	return { evidence, reason, confidence: confidenceOf(evidence) };
}

const percent = (similar: number) => `${Math.round(similar * 100)} % similar`;

function companySimilarity(one: Profile, other: Profile): number {
	if (one.domain && one.domain === other.domain) return 1;
	return one.company && other.company ? similarity(one.company, other.company) : 0;
}
