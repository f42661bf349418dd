/** Placeholders that forms, imports and scripts leave where a value should be. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
	'null undefined nil none na n/a nan unknown anonymous guest test tester testing example dummy fake noname no-name user string -1 tbd xxx asdf'.split(
		' ',
	),
);

/**
 * Why a value stands for nobody; undefined when it may stand for somebody. Zeros and dashes are
 * what a required field gets from who does not want to fill it in.
 */
export function whyBlocked(value: string, own: readonly string[]): string | undefined {
	const text = value.trim().toLowerCase();
	if (own.some((blocked) => text === blocked.trim().toLowerCase())) return 'is on your block list';
	if (PLACEHOLDERS.has(text)) return 'is a placeholder';
	const nothing = /^[0\W_]*$/u.test(text) && !/\p{L}/u.test(text);
	return nothing ? 'is made of zeros and dashes' : undefined;
}

/** The same for an address: the part before the @ counts too. */
export function whyEmailBlocked(email: string, own: readonly string[]): string | undefined {
	const at = email.lastIndexOf('@');
	const ownDomain = own.some((blocked) => blocked.trim().toLowerCase() === email.slice(at));
	if (ownDomain) return 'is on your block list';
	const local = email.slice(0, at);
	if (/^(.)\1{2,}$/u.test(local)) return 'is one character, repeated';
	return whyBlocked(email, own) ?? whyBlocked(local, []);
}

/** The same for an E.164 number: the subscriber's part has to look as if somebody had been given it. */
export function whyPhoneBlocked(phone: string, own: readonly string[]): string | undefined {
	const digits = phone.replace(/\D/g, '');
	const last = digits.slice(-7);
	if (/^(\d)\1+$/.test(last)) return 'is one digit, repeated';
	if ('01234567890'.includes(last) || '09876543210'.includes(last)) return 'is a row of digits';
	return whyBlocked(phone, own);
}

const SALESFORCE_ID = /^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/;
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

export interface RecordId {
	readonly system: string;
	readonly id: string;
}

/**
 * A record id in the one spelling it is compared in, with what it is an id of: Salesforce writes an id
 * with 15 characters or with 18 (the last three only repeat the capitals), and its first three name the
 * type, so that a lead and the contact it was converted to may both belong to a person.
 */
export function canonicalId({ system, id }: RecordId): RecordId {
	const name = system.trim().toLowerCase();
	const text = id.trim();
	if (name.startsWith('salesforce') && SALESFORCE_ID.test(text))
		return { system: `${name}/${text.slice(0, 3)}`, id: text.slice(0, 15) };
	const guid = GUID.exec(text)?.[1];
	return { system: name, id: guid ? guid.toLowerCase() : text };
}
