import { Account, ACCOUNT_SCHEMA_VERSION } from './account';
import { readCompany } from './company-reader';
import { countryCode } from './country-code';
import { parseEmail } from './email';
import { amountOf, extraReader } from './extra-reader';
import { fieldReader, type Mapped, type Problem } from './field-reader';
import { fieldName } from './form';
import { present, webAddress } from './normalize-person';
import { parsePhone } from './phone';
import { fieldsOf, idsOf, readSource, type DeliveryContext } from './source-reader';
import type { SourceRecord } from './source-record';

export interface RecordContext extends DeliveryContext {
	/** ISO 3166-1 alpha-2, for phone numbers without a country. */
	readonly defaultCountry?: string;
	readonly mapped?: Mapped;
}

export interface NormalizedAccount {
	readonly account: Account;
	readonly problems: readonly Problem[];
}

/** A company of a CRM, as far as the event tells of it; what cannot be read is kept in `custom`. */
export function normalizeAccount(record: SourceRecord, context: RecordContext): NormalizedAccount {
	const { companyName, fullName } = record.fields;
	const { mapped, defaultCountry } = context;
	// What is called `name` there is the company's.
	const fields = { ...fieldsOf(record), companyName: companyName ?? fullName };
	const reader = fieldReader(fields, mapped);
	const extra = extraReader(record.custom ?? {}, NAMES);
	const source = readSource(record, reader, context);
	const country = reader.read('country', countryCode, 'is not the name or code of one country');
	const phone = reader.read(
		'phone',
		(number) => parsePhone(number, country ?? defaultCountry)?.number,
		'is not a phone number, or its country is unknown',
	);
	const company = {
		...readCompany(reader),
		country,
		phone,
		revenue: extra.read('revenue', amountOf, 'is not an amount'),
		linkedinUrl: reader.read('linkedinUrl', webAddress, 'is not a web address'),
	};
	const lifecycle = extra.read('lifecycle', (text) => LIFECYCLES.get(fieldName(text)));
	const owner = extra.read('owner', (text) => parseEmail(text)?.email);
	const unread = reader.unread();
	const account = Account.parse({
		schemaVersion: ACCOUNT_SCHEMA_VERSION,
		company: present(company),
		externalIds: idsOf(record, source),
		...present({ owner, lifecycle }),
		custom: { ...extra.rest(), ...(Object.keys(unread).length > 0 && { unread }) },
		source,
	});
	return { account, problems: [...reader.problems, ...extra.problems] };
}

const NAMES = {
	revenue: ['annual_revenue', 'revenue'],
	lifecycle: ['lifecycle_stage', 'account_type', 'type'],
	owner: ['owner_email'],
} as const;

/** Stages of HubSpot and types of Salesforce; a user's own say nothing to us, and stay in `custom`. */
const LIFECYCLES: ReadonlyMap<string, Account['lifecycle']> = new Map(
	Object.entries({
		prospect: 'prospect lead subscriber opportunity marketingqualifiedlead salesqualifiedlead',
		customer: 'customer customerdirect customerchannel evangelist',
		former_customer: 'formercustomer churned',
		partner: 'partner channelpartnerreseller installationpartner technologypartner',
		other: 'other',
	} as const).flatMap(([lifecycle, names]) =>
		names.split(' ').map((name) => [name, lifecycle as Account['lifecycle']] as const),
	),
);
