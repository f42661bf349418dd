import { z } from 'zod';
import { Activity } from './activity';
import { Attribution } from './attribution';
import { Consent } from './consent';
import { EMAIL_KINDS } from './email-kind';
import { TIMEZONE_SOURCES } from './time-zone';

export { Activity, Attribution, Consent, EMAIL_KINDS };

/** Raised by one when a field changes its meaning or disappears; adding a field does not count. */
export const LEAD_SCHEMA_VERSION = 1;

const iso = z.iso.datetime({ offset: true });
const text = z.string().min(1);

/** What the sender's own system calls this lead, by system: `{ hubspot: "151", typeform: "r_8" }`. */
export const ExternalIds = z.record(z.string(), text);

export const Identity = z.object({
	email: z
		.string()
		.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/)
		.optional()
		.describe(
			'Lower case, trimmed; as the person wrote it otherwise (plus-tags and dots are kept).',
		),
	emailKind: z
		.enum(EMAIL_KINDS)
		.optional()
		.describe(
			'Whose the address is: of a person in a company, a free mailbox, one that is thrown away, a desk.',
		),
	emailStatus: z
		.enum(['valid', 'invalid', 'accept_all', 'unknown'])
		.optional()
		.describe('Set by an email verifier or a bounce, never guessed.'),
	phone: z
		.string()
		.regex(/^\+[1-9]\d{6,14}$/)
		.optional()
		.describe('E.164, e.g. `+4915112345678`.'),
	phoneExtension: z
		.string()
		.regex(/^\d{1,15}$/)
		.optional()
		.describe('Digits to dial after the number.'),
	externalIds: ExternalIds.default({}).describe(
		'Record ids by system, e.g. `{ "hubspot": "151" }`.',
	),
});

export const Person = z.object({
	firstName: text.optional(),
	lastName: text.optional(),
	fullName: text.optional(),
	title: text.optional(),
	seniority: text.optional(),
	department: text.optional(),
	linkedinUrl: z.url().optional(),
	timezone: text.optional().describe('IANA zone, e.g. `Europe/Berlin`.'),
	timezoneSource: z
		.enum(TIMEZONE_SOURCES)
		.optional()
		.describe('How sure the zone is; absent means that whoever set it did not say.'),
	country: z
		.string()
		.regex(/^[A-Z]{2}$/)
		.optional()
		.describe('ISO 3166-1 alpha-2, upper case.'),
	state: text.optional().describe('State or province as the person wrote it: `NY`, `Bavaria`.'),
	city: text.optional(),
});

export const Company = z.object({
	name: text.optional(),
	domain: text.optional().describe('Registrable domain, lower case: `example.co.uk`.'),
	employeeCount: z.number().int().nonnegative().optional(),
	industry: text.optional(),
	revenue: z.number().nonnegative().optional().describe('Annual revenue in US dollars.'),
	techStack: z.array(text).optional(),
	phone: text.optional(),
	linkedinUrl: z.url().optional(),
	country: z
		.string()
		.regex(/^[A-Z]{2}$/)
		.optional(),
});

export const Source = z.object({
	system: text.describe('`form`, `hubspot`, `typeform`, …'),
	recordId: text.optional(),
	event: text.describe('What happened, e.g. `webform_submitted`.'),
	eventId: text.optional(),
	occurredAt: iso.describe('When it happened, UTC.'),
	occurredAtSource: z
		.enum(['sender', 'signature', 'receipt'])
		.optional()
		.describe(
			"Who says so: the sender of the event, or, where it does not, the delivery's signature or its receipt, which are another moment on every retry.",
		),
	receivedAt: iso.describe('When it reached us, UTC.'),
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
	custom: z
		.record(z.string(), z.unknown())
		.describe("Whatever else the sender asked: the user's own fields, by name."),
	source: Source,
	shouldEnrich: z
		.boolean()
		.default(true)
		.describe('Whether paying a provider for this lead makes sense.'),
	shouldEnrichReason: text
		.optional()
		.describe(
			'Why not: `no_consent`, `invalid_email`, `disposable_email`, `personal_email`, `role_account`, or what a node of your own put there.',
		),
});

export type Lead = z.infer<typeof Lead>;
