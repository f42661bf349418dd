import { answerOf } from './consent-words';
import { parseEmail } from './email';
import { amountOf, extraReader, type ExtraReader } from './extra-reader';
import { fieldReader, type Problem } from './field-reader';
import { cleanText } from './form';
import { parseInstant } from './instant';
import type { RecordContext } from './normalize-account';
import { present } from './normalize-person';
import { Opportunity, OPPORTUNITY_SCHEMA_VERSION } from './opportunity';
import { fieldsOf, idsOf, readSource } from './source-reader';
import type { SourceRecord } from './source-record';

export interface NormalizedOpportunity {
	readonly opportunity: Opportunity;
	readonly problems: readonly Problem[];
}

/** A deal of a CRM, as far as the event tells of it; what cannot be read is kept in `custom`. */
export function normalizeOpportunity(
	record: SourceRecord,
	context: RecordContext,
): NormalizedOpportunity {
	const reader = fieldReader(fieldsOf(record), context.mapped);
	const extra = extraReader(record.custom ?? {}, NAMES);
	const source = readSource(record, reader, context);
	const idOf = (id: string | undefined) => (id === undefined ? {} : { [source.system]: id });
	const contact = extra.read('contact', cleanText);
	const stage = extra.read('stage', cleanText);
	const probability = extra.read('probability', chanceOf(source.system), 'is not a probability');
	const opportunity = Opportunity.parse({
		schemaVersion: OPPORTUNITY_SCHEMA_VERSION,
		...present({
			// What is called `name` there is the deal's.
			name: extra.read('name', cleanText) ?? reader.read('fullName', cleanText, 'is not text'),
			status: statusOf(extra, { stage, probability }),
			stage,
			probability,
			amount: extra.read('amount', amountOf, 'is not an amount'),
			currency: extra.read('currency', currencyOf, 'is not an ISO 4217 code'),
			closeDate: extra.read('closeDate', dateOf, 'is not a date'),
			owner: extra.read('owner', (text) => parseEmail(text)?.email),
		}),
		account: idOf(extra.read('account', cleanText)),
		contacts: contact === undefined ? [] : [{ externalIds: idOf(contact) }],
		externalIds: idsOf(record, source),
		custom: extra.rest(),
		source,
	});
	return { opportunity, problems: [...reader.problems, ...extra.problems] };
}

const NAMES = {
	name: ['deal_name', 'opportunity_name'],
	stage: ['deal_stage', 'stage_name', 'stage'],
	isWon: ['hs_is_closed_won', 'is_won'],
	isClosed: ['hs_is_closed', 'is_closed'],
	probability: ['hs_deal_stage_probability', 'probability'],
	amount: ['amount', 'deal_amount'],
	currency: ['deal_currency_code', 'currency_iso_code', 'currency'],
	closeDate: ['close_date'],
	owner: ['owner_email'],
	account: ['account_id', 'associated_company_id', 'company_id'],
	contact: ['contact_id', 'primary_contact_id'],
} as const;

interface Progress {
	readonly stage: string | undefined;
	readonly probability: number | undefined;
}

/** Undefined where the event does not say: a stage of the user's own may be the last one, or not. */
function statusOf(
	{ read }: ExtraReader<keyof typeof NAMES>,
	{ stage = '', probability }: Progress,
): Opportunity['status'] {
	const [isWon, isClosed] = [read('isWon', answerOf), read('isClosed', answerOf)];
	if (isWon || /^(closed[ _-]?)?won$/i.test(stage)) return 'won';
	if (/^(closed[ _-]?)?lost$/i.test(stage) || (isClosed && isWon === false)) return 'lost';
	const isBetween = probability !== undefined && probability > 0 && probability < 1;
	return isClosed === false || isBetween ? 'open' : undefined;
}

/** Salesforce counts to a hundred, HubSpot to one. */
const chanceOf = (system: string) => (text: string) => {
	const chance = amountOf(text);
	if (chance === undefined || chance > 100) return undefined;
	return system === 'salesforce' || chance > 1 ? chance / 100 : chance;
};

const currencyOf = (text: string) => (/^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined);

const dateOf = (text: string) => parseInstant(text)?.slice(0, 10);
