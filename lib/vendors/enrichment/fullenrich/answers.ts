import { z } from 'zod';
import { facts, loose } from '../../../domain/enrichment-facts';
import { PipelineError } from '../../../domain/errors';
import type { LaterLookups, Lookup } from '../port';
import { inPlace, statusFor } from '../sent';
import { employerOf, knowsSomething, part } from '../wire';

const Social = part({ professional_network: part({ url: loose.text }) });
const Company = part({
	name: loose.text,
	domain: loose.text,
	headcount: loose.number,
	locations: part({ headquarters: part({ country_code: loose.text }) }),
	industry: part({ main_industry: loose.text }),
	social_profiles: Social,
});

const Row = z.object({
	custom: part({ place: loose.text, email: loose.text }),
	contact_info: part({
		most_probable_work_email: part({ email: loose.text, status: loose.text }),
		most_probable_phone: part({ number: loose.text }),
	}),
	profile: part({
		full_name: loose.text,
		first_name: loose.text,
		last_name: loose.text,
		location: part({ country_code: loose.text, city: loose.text }),
		social_profiles: Social,
		employment: part({
			current: part({ title: loose.text, start_at: loose.text, company: Company }),
		}),
	}),
});

/** https://docs.fullenrich.com/api/v2/contact/enrich/bulk/get: what a poll and a callback say alike. */
export const Job = z.object({
	id: z.string().min(1),
	status: z.string(),
	cost: part({ credits: loose.number }),
	data: z.array(Row),
});

/** Answers in the order of the leads; what was charged for the job, shared among those it was for. */
export function lookupsOf({ data, status, cost }: z.infer<typeof Job>): LaterLookups {
	const rows = inPlace(data, ({ custom }) => custom ?? {});
	const prices = rows.map(priceOf);
	// Less than the list price where FullEnrich had the contact already.
	let left = cost?.credits ?? prices.reduce((sum, price) => sum + price, 0);
	return rows.map((row, index) => {
		const last = !prices.slice(index + 1).some((price) => price > 0);
		const credits = last && prices[index] ? left : Math.min(left, prices[index] ?? 0);
		left -= credits;
		const lookup = lookupOf(row, credits);
		return lookup.kind === 'found' || status === 'FINISHED' ? lookup : unfinished(status);
	});
}

/** https://docs.fullenrich.com/credit */
const priceOf = ({ contact_info: info }: z.infer<typeof Row>) =>
	(info?.most_probable_work_email?.email ? 1 : 0) + (info?.most_probable_phone?.number ? 10 : 0);

function lookupOf(
	{ contact_info: info, profile, custom }: z.infer<typeof Row>,
	credits: number,
): Lookup {
	const email = info?.most_probable_work_email;
	const [status, sure] = STATUS[email?.status?.toUpperCase() ?? ''] ?? [];
	const job = profile?.employment?.current;
	const company = job?.company;
	const known = facts({
		'identity.email': status === 'invalid' ? undefined : email?.email,
		'identity.emailStatus': email && statusFor(email.email, status, custom ?? {}),
		'identity.phone': info?.most_probable_phone?.number,
		'person.firstName': profile?.first_name,
		'person.lastName': profile?.last_name,
		'person.fullName': profile?.full_name,
		'person.title': job?.title,
		'person.linkedinUrl': profile?.social_profiles?.professional_network?.url,
		'person.country': profile?.location?.country_code,
		'person.city': profile?.location?.city,
		'company.name': company?.name,
		'company.domain': company?.domain,
		'company.employeeCount': company?.headcount,
		'company.industry': company?.industry?.main_industry,
		'company.linkedinUrl': company?.social_profiles?.professional_network?.url,
		'company.country': company?.locations?.headquarters?.country_code,
	});
	if (!knowsSomething(known)) return { kind: 'no-match', credits };
	const employer = employerOf({
		name: company?.name,
		domain: company?.domain,
		title: job?.title,
		since: job?.start_at,
	});
	const confidence =
		sure && known['identity.email'] ? { fieldConfidence: { 'identity.email': sure } } : {};
	return { kind: 'found', fields: known, credits, ...employer, ...confidence };
}

/** With the bounce rates that FullEnrich publishes: https://docs.fullenrich.com/api/v2/general/email-status */
const STATUS: Readonly<Record<string, readonly [status: string, confidence?: number]>> = {
	DELIVERABLE: ['valid', 0.98],
	HIGH_PROBABILITY: ['accept_all', 0.91],
	CATCH_ALL: ['accept_all'],
	INVALID: ['invalid'],
};

function unfinished(status: string): PipelineError {
	const vendor = 'fullenrich';
	if (status === 'CREDITS_INSUFFICIENT') {
		const message = 'fullenrich stopped the job: the credits of the workspace are used up';
		return new PipelineError('QUOTA_EXHAUSTED', message, { vendor });
	}
	const message = `fullenrich ended the job with ${status} before it looked for this lead`;
	return new PipelineError('UPSTREAM_UNAVAILABLE', message, { vendor });
}
