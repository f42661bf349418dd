import { cleanText } from './form';

export interface PersonName {
	readonly firstName?: string | undefined;
	readonly lastName?: string | undefined;
	readonly fullName?: string | undefined;
}

/**
 * The names of a person, with the capitals that they were typed in: `McDONALD` and `van der Berg` cannot
 * be told from a slip. One name is split at its last space only when nobody sent the parts.
 */
export function personName({ firstName, lastName, fullName }: PersonName): PersonName {
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

/** Letters that Unicode does not take apart into a base and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
	æ: 'ae',
	ð: 'd',
	đ: 'd',
	ı: 'i',
	ł: 'l',
	ø: 'o',
	œ: 'oe',
	ß: 'ss',
	þ: 'th',
};

/** Text without case, marks, punctuation and width: `Łukasz  O’Brien` is `lukasz obrien`. */
export const foldText = (text: string): string =>
	(cleanText(text) ?? '')
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[æðđıłøœßþ]/g, (letter) => LETTERS[letter] ?? letter)
		.normalize('NFKD')
		.replace(/[\p{M}'’‘`´.]/gu, '')
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
