import type { Crm, ExistingContact } from '../../lib/vendors/crm/port';
import { PipelineError } from '../../lib/domain/errors';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import type { Account } from './account';
import { attempt } from './attempt';

const FOUND = 0;
const NOT_FOUND = 1;

/** Who is a contact already, and whose: what Route needs to leave a customer with their owner. */
export async function find(
	leads: readonly LeadItem[],
	account: Account,
): Promise<Array<Outcome | Error>> {
	const emails = leads.map(({ json }) => attempt(() => emailOf(readLead(json))));
	const asked = emails.flatMap((email) => (email instanceof Error ? [] : [email]));
	const answers = (await findAll(account.crm, asked)).values();
	return emails.map((email) => {
		if (email instanceof Error) return email;
		const answer = answers.next().value;
		return answer instanceof Error ? answer : outcomeOf(answer, account);
	});
}

const findAll = async (crm: Crm, emails: readonly string[]) =>
	emails.length > 0 ? await crm.findContacts(emails) : [];

function emailOf({ identity: { email } }: ReturnType<typeof readLead>): string {
	if (email) return email;
	throw new PipelineError('INVALID_INPUT', "The lead has no 'identity.email' to be found by");
}

function outcomeOf(contact: ExistingContact | undefined, { vendor, apiVersion }: Account): Outcome {
	const where = { ok: true, system: vendor.id, apiVersion, found: contact !== undefined };
	if (!contact) return { output: NOT_FOUND, add: { crm: where }, note: 'not in the CRM yet' };
	const { ownerId, ...facts } = contact;
	const crm = { ...where, ...facts, ...(ownerId && { owner: { id: ownerId } }) };
	const whose = ownerId ? `owned by ${ownerId}` : 'without an owner';
	return { output: FOUND, add: { crm }, note: `contact ${contact.recordId}, ${whose}` };
}
