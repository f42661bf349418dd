import { parse } from 'tldts';
import { companyKey } from './company-name';
import { foldText } from './person-name';

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
export const sameName = (a: string, b: string): boolean =>
	startAlike(companyKey(a) ?? '', companyKey(b) ?? '');

/** Whether two job titles differ only in case, punctuation, or by a longer tail. */
export const sameTitle = (a: string, b: string): boolean => startAlike(foldText(a), foldText(b));

function startAlike(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	return short !== '' && (long === short || long.startsWith(`${short} `));
}

function both<T>(a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean) {
	return a === undefined || b === undefined ? undefined : same(a, b);
}

const label = (domain: string) => parse(domain).domainWithoutSuffix ?? domain;
