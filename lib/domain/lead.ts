import { z } from 'zod';

/** Raised by one when a field changes its meaning or disappears; adding a field does not count. */
export const LEAD_SCHEMA_VERSION = 1;

const iso = z.iso.datetime({ offset: true });
const text = z.string().min(1);

/** What the sender's own system calls this lead, by system: `{ hubspot: "151", typeform: "r_8" }`. */
const ExternalIds = z.record(z.string(), text);

export const EMAIL_KINDS = ['business', 'personal', 'role', 'unknown'] as const;

export const Identity = z.object({
	/** Lower case, trimmed; as the person wrote it otherwise (plus-tags and dots are kept). */
	email: z
		.string()
		.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/)
		.optional(),
	emailKind: z.enum(EMAIL_KINDS).optional(),
	/** Set by an email verifier, never guessed. */
	emailStatus: z.enum(['valid', 'invalid', 'accept_all', 'unknown']).optional(),
	/** E.164, e.g. `+4915112345678`. */
	phone: z
		.string()
		.regex(/^\+[1-9]\d{6,14}$/)
		.optional(),
	externalIds: ExternalIds.default({}),
});

export const Person = z.object({
	firstName: text.optional(),
	lastName: text.optional(),
	fullName: text.optional(),
	title: text.optional(),
	seniority: text.optional(),
	department: text.optional(),
	linkedinUrl: z.url().optional(),
	/** IANA zone, e.g. `Europe/Berlin`. */
	timezone: text.optional(),
	/** ISO 3166-1 alpha-2, upper case. */
	country: z
		.string()
		.regex(/^[A-Z]{2}$/)
		.optional(),
	city: text.optional(),
});

export const Company = z.object({
	name: text.optional(),
	/** Registrable domain, lower case: `example.co.uk`. */
	domain: text.optional(),
	employeeCount: z.number().int().nonnegative().optional(),
	industry: text.optional(),
	/** Annual revenue in US dollars. */
	revenue: z.number().nonnegative().optional(),
	techStack: z.array(text).optional(),
	phone: text.optional(),
	linkedinUrl: z.url().optional(),
	country: z
		.string()
		.regex(/^[A-Z]{2}$/)
		.optional(),
});

export const Attribution = z.object({
	utmSource: text.optional(),
	utmMedium: text.optional(),
	utmCampaign: text.optional(),
	utmTerm: text.optional(),
	utmContent: text.optional(),
	/** First touch: written once, never overwritten. */
	originalSource: text.optional(),
	latestSource: text.optional(),
	campaignId: text.optional(),
	landingPage: text.optional(),
	referrer: text.optional(),
});

export const Consent = z.object({
	lawfulBasis: z
		.enum(['consent', 'contract', 'legitimate_interest', 'legal_obligation', 'unknown'])
		.optional(),
	consentTimestamp: iso.optional(),
	/** Permission by channel, e.g. `{ email: true, phone: false }`; an absent channel is not a yes. */
	channels: z.record(z.string(), z.boolean()).default({}),
});

export const Activity = z.object({
	kind: text,
	occurredAt: iso,
	id: text.optional(),
	properties: z.record(z.string(), z.unknown()).optional(),
});

export const Source = z.object({
	/** `form`, `hubspot`, `typeform`, … */
	system: text,
	recordId: text.optional(),
	/** What happened, e.g. `webform_submitted`. */
	event: text,
	eventId: text.optional(),
	/** When it happened, by the sender's clock, UTC. */
	occurredAt: iso,
	/** When it reached us, UTC. */
	receivedAt: iso,
});

/** The lead in one shape, whoever sent it. Absent means unknown: there are no nulls and no empty strings. */
export const Lead = z.object({
	schemaVersion: z.literal(LEAD_SCHEMA_VERSION),
	identity: Identity,
	person: Person,
	company: Company,
	attribution: Attribution,
	consent: Consent,
	activities: z.array(Activity),
	/** Whatever else the sender asked: the user's own fields, by name. */
	custom: z.record(z.string(), z.unknown()),
	source: Source,
	/** Whether paying a provider for this lead makes sense, and why not. */
	shouldEnrich: z.boolean().default(true),
	shouldEnrichReason: text.optional(),
});

export type Lead = z.infer<typeof Lead>;
