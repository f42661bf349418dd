import { facts } from '../../../domain/enrichment-facts';
import type { Lead } from '../../../domain/lead';
import { readAnswer } from '../../../runtime/answer';
import type { Http } from '../../../runtime/http';
import { apiVersion } from '../../api-version';
import type { EmailVerdict } from '../port';
import { FinderAnswer, VerifierAnswer } from './answers';
import { ask, knows } from './call';
import { NOTHING, type Part } from './part';

export function canFindEmail({ person, company }: Lead): boolean {
	const named = person.fullName || (person.firstName && person.lastName);
	return Boolean(named && (company.domain || company.name));
}

/** The address of a name at a company. https://hunter.io/api-documentation/v2#email-finder */
export async function findEmail({ person, company }: Lead, http: Http): Promise<Part> {
	const response = await ask(http, '/email-finder', {
		domain: company.domain,
		company: company.domain ? undefined : company.name,
		first_name: person.firstName,
		last_name: person.lastName,
		full_name: person.firstName && person.lastName ? undefined : person.fullName,
		max_duration: 3,
	});
	const found = knows(response) ? readAnswer(FinderAnswer, response, 'hunter').data : undefined;
	const known = facts({
		'identity.email': found?.email,
		'identity.emailStatus': found?.email && statusOf(found.verification?.status),
		'identity.phone': found?.phone_number,
		'person.title': found?.position,
		'person.linkedinUrl': found?.linkedin_url,
		'company.name': found?.company,
		'company.domain': found?.domain,
	});
	const version = apiVersion(response);
	if (!known['identity.email']) return { ...NOTHING, ...version };
	const { score } = found ?? {};
	const confidence = typeof score === 'number' ? { confidence: score / 100 } : {};
	return { facts: known, credits: 1, ...version, ...confidence };
}

/** Undefined: the check is still running (202), or the mail server broke it off (222). */
export async function verifyEmail(email: string, http: Http): Promise<EmailVerdict | undefined> {
	// https://hunter.io/api-documentation/v2#email-verifier
	const response = await ask(http, '/email-verifier', { email });
	const version = apiVersion(response);
	if (response.status === 202 || response.status === 222) return undefined;
	if (!knows(response)) return { status: 'unknown', credits: 0, ...version };
	const { data } = readAnswer(VerifierAnswer, response, 'hunter');
	const said = statusOf(data?.status);
	const disposable = data?.status === 'disposable' || data?.disposable === true;
	return {
		status: VERDICTS.find((verdict) => verdict === said) ?? 'unknown',
		...(disposable && { disposable }),
		...(typeof data?.score === 'number' && { score: data.score / 100 }),
		credits: data?.status && !FREE.has(data.status) ? 0.5 : 0,
		...version,
	};
}

const VERDICTS = ['valid', 'invalid', 'accept_all', 'unknown'] as const;

// https://help.hunter.io/en/articles/1911617-what-is-a-credit-and-how-is-it-counted
const FREE: ReadonlySet<string> = new Set(['unknown', 'disposable']);

/** A free-mail or throw-away host takes any letter without saying whether the mailbox exists. */
const statusOf = (status: string | null | undefined) =>
	status === 'webmail' || status === 'disposable' ? 'unknown' : status;
