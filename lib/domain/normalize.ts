import { IANAZone } from 'luxon';
import {
	type CountryCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { readConsent, refusal } from './consent';
import { countryCode } from './country-code';
import { parseDomain, parseEmail } from './email';
import {
	fieldReader,
	rest,
	unread,
	type Mapped,
	type Problem,
	type ReadField,
} from './field-reader';
import { cleanText, flatten, isRecord } from './form';
import type { FormFieldId } from './form-fields';
import { parseInstant } from './instant';
import { Lead, LEAD_SCHEMA_VERSION } from './lead';
import { maskValue } from './mask';

export interface NormalizeContext {
	/** ISO 8601, UTC. */
	readonly receivedAt: string;
	/** The id that the verifier found; wins over one in the payload, because it was signed for. */
	readonly eventId?: string;
	/** The signed time of the delivery, when the payload does not say when it happened. */
	readonly signedAt?: string;
	/** ISO 3166-1 alpha-2, for phone numbers without a country. */
	readonly defaultCountry?: string;
	/** Wins over what the payload says; for a sender that says nothing. */
	readonly sourceSystem?: string;
	readonly event?: string;
	/** Values that the user mapped by hand; they win over the payload. */
	readonly mapped?: Mapped;
	readonly requires: 'email' | 'email-or-phone';
	readonly enrichPersonal: boolean;
}

export type Normalized =
	| { readonly ok: true; readonly lead: Lead; readonly problems: readonly Problem[] }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** A sender's payload as the canonical lead. A field that cannot be read is a problem, and kept in `custom`. */
export function normalize(payload: unknown, context: NormalizeContext): Normalized {
	if (!isRecord(payload)) {
		const problem: Problem = {
			field: 'payload',
			value: maskValue(payload),
			reason: 'is not a JSON object',
		};
		return { ok: false, problems: [problem] };
	}
	const form = flatten(payload, ['consent']);
	const problems: Problem[] = [];
	const read = fieldReader(form, context.mapped, problems);

	const email = read('email', parseEmail, 'is not an email address');
	const country = read('country', countryCode, 'is not the name or code of one country');
	const phone = read(
		'phone',
		phoneOf(country ?? context.defaultCountry),
		'is not a phone number, or its country is unknown',
	);
	if (!email && !(phone && context.requires === 'email-or-phone')) {
		return { ok: false, problems: problems.length > 0 ? problems : [missing(context.requires)] };
	}

	const occurredAt =
		read('occurredAt', parseInstant, 'is not a date and time') ??
		context.signedAt ??
		context.receivedAt;
	const consent = readConsent(payload['consent'], occurredAt);
	const names = namesOf(read);
	const text = (id: FormFieldId) => read(id, cleanText, 'is not text');
	const business = email?.kind === 'business' || email?.kind === 'role' ? email.domain : undefined;
	const recordId = text('recordId');
	const system =
		context.sourceSystem ??
		text('sourceSystem') ??
		(isRecord(payload['properties']) ? 'hubspot' : 'form');
	const eventId = context.eventId ?? text('eventId');
	const utmSource = text('utmSource');
	const blocked =
		refusal(consent) ??
		(email?.kind === 'personal' && !context.enrichPersonal ? 'personal_email' : undefined);

	const lead = Lead.parse({
		schemaVersion: LEAD_SCHEMA_VERSION,
		identity: present({
			email: email?.email,
			emailKind: email?.kind,
			phone,
			externalIds: recordId ? { [system]: recordId } : {},
		}),
		person: present({
			...names,
			title: text('title'),
			linkedinUrl: read('linkedinUrl', linkedinUrl, 'is not a web address'),
			timezone: read(
				'timezone',
				(zone) => (IANAZone.isValidZone(zone) ? zone : undefined),
				'is not an IANA time zone',
			),
			country,
			city: text('city'),
		}),
		company: present({
			name: text('companyName'),
			domain: read('companyDomain', parseDomain, 'is not a domain') ?? business,
			employeeCount: read('employeeCount', wholeNumber, 'is not one whole number'),
			industry: text('industry'),
		}),
		attribution: present({
			utmSource,
			utmMedium: text('utmMedium'),
			utmCampaign: text('utmCampaign'),
			utmTerm: text('utmTerm'),
			utmContent: text('utmContent'),
			originalSource: text('originalSource') ?? utmSource,
			latestSource: text('latestSource') ?? utmSource,
			campaignId: text('campaignId'),
			landingPage: text('landingPage'),
			referrer: text('referrer'),
		}),
		consent,
		activities: [],
		custom: {
			...rest(form),
			...present({ formId: text('formId') }),
			...unread(problems, form, context.mapped),
		},
		source: present({
			system,
			recordId,
			event: context.event ?? text('event') ?? 'webform_submitted',
			eventId,
			occurredAt,
			receivedAt: context.receivedAt,
		}),
		shouldEnrich: blocked === undefined,
		...(blocked && { shouldEnrichReason: blocked }),
	});
	return { ok: true, lead, problems };
}

const missing = (requires: NormalizeContext['requires']): Problem => ({
	field: 'email',
	value: maskValue(undefined),
	reason: requires === 'email' ? 'is missing' : 'is missing, and so is a phone number',
});

const present = (values: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** One name field is split at its last space only when nobody sent the parts. */
function namesOf(read: ReadField) {
	const [firstName, lastName, fullName] = (['firstName', 'lastName', 'fullName'] as const).map(
		(id) => read(id, cleanText, 'is not text'),
	);
	if (firstName || lastName)
		return {
			firstName,
			lastName,
			fullName: fullName ?? [firstName, lastName].filter(Boolean).join(' '),
		};
	const space = fullName?.lastIndexOf(' ') ?? -1;
	if (!fullName || space < 0) return { fullName, firstName: fullName };
	return { fullName, firstName: fullName.slice(0, space), lastName: fullName.slice(space + 1) };
}

const phoneOf = (country: string | undefined) => (text: string) => {
	const region =
		country && isSupportedCountry(country) ? (country satisfies CountryCode) : undefined;
	const phone = parsePhoneNumberFromString(
		text,
		region ? { defaultCountry: region, extract: false } : { extract: false },
	);
	return phone?.isPossible() ? phone.number : undefined;
};

const wholeNumber = (text: string) => {
	const digits = text.replace(/[,.\s](?=\d{3}\b)/g, '');
	return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
};

const linkedinUrl = (text: string) => {
	const url = /^https?:\/\//i.test(text) ? text : `https://${text}`;
	return URL.canParse(url) && parseDomain(url) ? url : undefined;
};
