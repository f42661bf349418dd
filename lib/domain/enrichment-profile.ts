import type { FieldPath } from './enrichment-fields';

/** How long a lead waits and how its providers are asked. Times in ms. */
export interface Profile {
	/** The lead goes on after this, with what is there. */
	readonly budgetMs: number;
	/** No provider is started after this; absent: none once `budgetMs` is over. */
	readonly startBeforeMs?: number;
	/** For one provider, retries included. */
	readonly stepTimeoutMs: number;
	/** The next provider is started beside one that has not answered within this; absent: after it has. */
	readonly hedgeAfterMs?: number;
	/** Providers that usually answer sooner are asked first, whatever the order of the steps. */
	readonly fastestFirst: boolean;
	/** Company and person are asked at the same time, also where one answer would hold both. */
	readonly companyBeside: boolean;
	/** What is running when the lead goes on is not cut off: its answer is remembered for the next time. */
	readonly finishLate: boolean;
	/** How old a value of an earlier enrichment may be; a field that is absent never gets old. */
	readonly maxAgeMs: Readonly<Partial<Record<FieldPath, number>>>;
}

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/**
 * How soon each kind of event wants its lead enriched. `leadRouting` is the 95th percentile; its hard
 * end is that of the routing profile.
 */
export const LATENCY_TARGETS_MS = {
	leadRouting: 3 * SECOND_MS,
	leadFull: 60 * SECOND_MS,
	opportunityStageChange: 120 * SECOND_MS,
	intentSignal: 300 * SECOND_MS,
	dataQuality: 3_600 * SECOND_MS,
} as const;

const PATIENT = {
	stepTimeoutMs: 15 * SECOND_MS,
	fastestFirst: false,
	companyBeside: false,
	finishLate: false,
	maxAgeMs: {},
} as const satisfies Partial<Profile>;

export const PROFILES = {
	/** Somebody is waiting to be routed: fast first, hedged, and never later than 5 s. */
	routing: {
		budgetMs: 5 * SECOND_MS,
		startBeforeMs: LATENCY_TARGETS_MS.leadRouting,
		stepTimeoutMs: 10 * SECOND_MS,
		hedgeAfterMs: 1 * SECOND_MS,
		fastestFirst: true,
		companyBeside: true,
		finishLate: true,
		maxAgeMs: {},
	},
	/** Everything that the steps can give, cheapest way. */
	full: { ...PATIENT, budgetMs: LATENCY_TARGETS_MS.leadFull },
	/** As full, and what came from a provider long ago is asked for again. */
	refresh: {
		...PATIENT,
		budgetMs: LATENCY_TARGETS_MS.leadFull,
		maxAgeMs: {
			'identity.emailStatus': 30 * DAY_MS,
			'identity.email': 90 * DAY_MS,
			'identity.phone': 90 * DAY_MS,
			'person.title': 90 * DAY_MS,
			'person.seniority': 90 * DAY_MS,
			'person.department': 90 * DAY_MS,
			'company.name': 90 * DAY_MS,
			'company.domain': 180 * DAY_MS,
			'company.employeeCount': 180 * DAY_MS,
			'company.revenue': 180 * DAY_MS,
			'company.techStack': 180 * DAY_MS,
			'company.industry': 365 * DAY_MS,
		},
	},
	/** As before there were profiles: one after the other within 5 s. */
	custom: { ...PATIENT, budgetMs: 5 * SECOND_MS, stepTimeoutMs: 3 * SECOND_MS },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;
