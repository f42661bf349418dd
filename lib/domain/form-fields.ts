import { fieldName } from './form';

/** What senders call the fields of the canonical lead; the first that holds something wins. */
const NAMES = {
	email: ['email', 'email_address', 'work_email', 'business_email', 'e-mail', 'mail', 'your_email'],
	phone: ['phone', 'phone_number', 'mobile_phone', 'mobile', 'telephone', 'tel', 'hs_phone'],
	phoneExtension: ['phone_extension', 'phone_ext', 'extension'],
	firstName: ['first_name', 'given_name', 'fname', 'vorname', 'prenom'],
	lastName: ['last_name', 'family_name', 'surname', 'lname', 'nachname', 'nom'],
	fullName: ['full_name', 'name', 'your_name', 'contact_name'],
	title: ['job_title', 'title', 'position', 'jobrole'],
	seniority: ['seniority', 'hs_seniority', 'job_level'],
	department: ['department', 'hs_department'],
	linkedinUrl: ['linkedin_url', 'linkedin', 'linkedin_profile', 'hs_linkedin_url'],
	timezone: ['timezone', 'time_zone', 'tz', 'hs_timezone'],
	country: ['country', 'country_code', 'country_region', 'ip_country_code'],
	state: [
		'state',
		'province',
		'state_province',
		'state_or_province',
		'state_region',
		'hs_state_code',
		'bundesland',
	],
	city: ['city', 'town'],
	companyName: ['company', 'company_name', 'organization', 'organisation', 'account_name', 'firma'],
	companyDomain: ['company_domain', 'domain', 'website', 'company_website', 'company_url'],
	employeeCount: [
		'employee_count',
		'employees',
		'company_size',
		'num_employees',
		'number_of_employees',
		'numemployees',
	],
	industry: ['industry', 'sector'],
	utmSource: ['utm_source'],
	utmMedium: ['utm_medium'],
	utmCampaign: ['utm_campaign'],
	utmTerm: ['utm_term'],
	utmContent: ['utm_content'],
	originalSource: ['original_source', 'lead_source', 'hs_analytics_source'],
	latestSource: ['latest_source', 'hs_latest_source'],
	campaignId: ['campaign_id'],
	landingPage: ['landing_page', 'page_url', 'page_uri'],
	referrer: ['referrer', 'referer', 'http_referrer'],
	event: ['event', 'event_type', 'event_name', 'subscription_type', 'trigger_event'],
	eventId: ['event_id', 'message_id', 'submission_id', 'response_id'],
	occurredAt: [
		'submitted_at',
		'occurred_at',
		'event_timestamp',
		'created_at',
		'timestamp',
		'conversion_date',
	],
	recordId: [
		'record_id',
		'contact_id',
		'lead_id',
		'object_id',
		'vid',
		'hs_object_id',
		'source_id',
		'id',
	],
	sourceSystem: ['source_system'],
	formId: ['form_id', 'form_guid', 'form_name'],
} as const satisfies Record<string, readonly string[]>;

export type FormFieldId = keyof typeof NAMES;

export const FIELD_IDS = Object.keys(NAMES) as readonly FormFieldId[];

const SPELLINGS: ReadonlyMap<FormFieldId, readonly string[]> = new Map(
	FIELD_IDS.map((id) => [id, NAMES[id].map(fieldName)] as const),
);

/** The spellings of a field, in the form of `fieldName`. */
export const spellings = (id: FormFieldId): readonly string[] => SPELLINGS.get(id) ?? [];
