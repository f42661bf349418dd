import { isSupportedCountry, parseDigits, parsePhoneNumberFromString } from 'libphonenumber-js';

const E164 = /^\+[1-9]\d{6,14}$/;
const LONGEST_EXTENSION = 15;

export interface Phone {
	/** E.164, e.g. `+4915112345678`. */
	readonly number: string;
	/** Digits of the extension, where the number has one. */
	readonly extension?: string;
	/** ISO 3166-1 alpha-2, where the number belongs to one country. */
	readonly country?: string;
}

/**
 * Reads a phone number as people write it. `country` (ISO 3166-1 alpha-2) is for numbers that do not
 * begin with theirs. Undefined when the text is no number, or nobody says whose country it is in.
 */
export function parsePhone(text: string, country?: string): Phone | undefined {
	const region = country !== undefined && isSupportedCountry(country) ? country : undefined;
	const phone = parsePhoneNumberFromString(text, {
		...(region && { defaultCountry: region }),
		extract: false,
	});
	// Germany, for one, has possible numbers that are shorter and longer than E.164 allows.
	if (!phone?.isPossible() || !E164.test(phone.number)) return undefined;
	const extension = parseDigits(phone.ext ?? '');
	if (extension.length > LONGEST_EXTENSION) return undefined;
	return {
		number: phone.number,
		...(extension && { extension }),
		...(phone.country && { country: phone.country }),
	};
}
