import { parse } from 'tldts';

export interface CompanyName {
	readonly name?: string | undefined;
	readonly domain?: string | undefined;
}

/**
 * Whether two descriptions may be of one company. `example.de` and `example.com` may, `Acme` and
 * `Acme Robotics Inc` may; what neither name nor domain contradicts may too.
 */
export function sameCompany(ours: CompanyName, theirs: CompanyName): boolean {
	const byDomain = both(ours.domain, theirs.domain, (a, b) => label(a) === label(b));
	const byName = both(ours.name, theirs.name, sameName);
	if (byDomain === undefined && byName === undefined) return true;
	return byDomain === true || byName === true;
}

/** Whether two company names differ only in case, punctuation, legal form, or by a longer tail. */
export function sameName(a: string, b: string): boolean {
	const [left, right] = [words(a), words(b)];
	const [short, long] = left.length <= right.length ? [left, right] : [right, left];
	return short.length > 0 && short.every((word, index) => long[index] === word);
}

function both<T>(a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean) {
	return a === undefined || b === undefined ? undefined : same(a, b);
}

const label = (domain: string) => parse(domain).domainWithoutSuffix ?? domain;

const LEGAL = new Set(
	'inc llc ltd limited gmbh ag se sa sas sarl bv nv ab oy as spa srl plc corp corporation co company kg ug'.split(
		' ',
	),
);

const words = (name: string) =>
	name
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word && !LEGAL.has(word));
