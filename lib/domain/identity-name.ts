import { foldText } from './person-name';

const TITLES: ReadonlySet<string> = new Set(
	'mr mrs ms miss mx dr prof herr frau jr sr ii iii'.split(' '),
);

/** The words of a name without case, accents, punctuation, titles and middle initials. */
export function nameWords(name: string): readonly string[] {
	const words = foldText(name)
		.split(' ')
		.filter((word) => word && !TITLES.has(word));
	return words.length > 2 ? words.filter((word) => [...word].length > 1) : words;
}

/**
 * A whole name to compare by: the order of its words does not count, for forms swap them. Undefined
 * for one word alone, unless its script writes names without spaces.
 */
export function personNameKey(name: string | undefined): string | undefined {
	const words = [...nameWords(name ?? '')].sort();
	const [only = ''] = words;
	return words.length >= 2 || UNSPACED.test(only) ? words.join(' ') : undefined;
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]{2,}$/u;
