import { ENRICHMENT_BARS } from './enrichable';
import { Lead, LEAD_SCHEMA_VERSION, Person } from './lead';
import type { SourceRecord } from './source-record';

/**
 * A canonical lead as a source would give it, so that it can be normalised again: by the rules, lists
 * and mappings of today. Undefined when the payload is none.
 */
export function leadRecord(payload: Readonly<Record<string, unknown>>): SourceRecord | undefined {
	if (payload['schemaVersion'] !== LEAD_SCHEMA_VERSION) return undefined;
	const parsed = Lead.safeParse(payload);
	return parsed.success ? recordOf(parsed.data) : undefined;
}

function recordOf(lead: Lead): SourceRecord {
	const { identity, person, company, consent, source } = lead;
	const { timezone, timezoneSource, ...rest } = person;
	// What was worked out is worked out again: the address may have changed since.
	const given = timezone !== undefined && !timezoneSource?.startsWith('inferred');
	const { emailStatus } = identity;
	const known = emailStatus === 'valid' || emailStatus === 'invalid' ? { emailStatus } : {};
	return {
		kind: 'lead',
		before: lead,
		fields: {
			email: identity.email,
			phone: identity.phone,
			phoneExtension: identity.phoneExtension,
			...rest,
			...(given && { timezone }),
			companyName: company.name,
			companyDomain: company.domain,
			employeeCount: company.employeeCount,
			industry: company.industry,
		},
		consent,
		...known,
		custom: lead.custom,
		externalIds: identity.externalIds,
		...source,
	};
}

const Placeless = Person.omit({ timezone: true, timezoneSource: true });

/** The lead after normalising it again, with everything that a source has no field for. */
export function withRest(again: Lead, before: Lead): Lead {
	const { timezoneSource } = before.person;
	const own = !before.shouldEnrich && !isOurs(before.shouldEnrichReason);
	return {
		...again,
		identity: { ...before.identity, ...again.identity },
		person: {
			...Placeless.parse(before.person),
			...again.person,
			...(again.person.timezoneSource === 'given' && timezoneSource && { timezoneSource }),
		},
		company: { ...before.company, ...again.company },
		attribution: before.attribution,
		activities: before.activities,
		shouldEnrich: again.shouldEnrich && !own,
		...(own && { shouldEnrichReason: before.shouldEnrichReason }),
	};
}

/** Whether the lead was barred by us, and not by a node of the user's own. */
const isOurs = (reason: string | undefined) => ENRICHMENT_BARS.some((bar) => bar === reason);
