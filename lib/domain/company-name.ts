import { foldText } from './person-name';

/**
 * A company's name for comparing, never for showing: without case, marks, punctuation and legal form.
 * `The ACME Robotics GmbH & Co. KG` is `acme robotics`, `株式会社東芝` is `東芝`. Undefined when nothing is left
 * but signs; a name that is a legal form and nothing else stays.
 */
export function companyKey(name: string): string | undefined {
	const spaced = JOINED.reduce((text, form) => text.replaceAll(form, ' '), name.normalize('NFKC'));
	const words = foldText(spaced.replace(/&|\+/g, ' and ')).split(' ').filter(Boolean);
	const bare = withoutFront(withoutTail(words));
	const kept = bare.length > 0 ? bare : words;
	return kept.join(' ') || foldText(name) || undefined;
}

function withoutTail(words: readonly string[]): readonly string[] {
	const spelled = SPELLED.get(words.at(-1) ?? '')?.find((form) => endsWith(words, form));
	const cut = spelled?.length ?? tailLength(words);
	return cut === 0 || cut >= words.length ? words : withoutTail(words.slice(0, -cut));
}

function tailLength(words: readonly string[]): number {
	const last = words.at(-1) ?? '';
	if (LEGAL_FORMS.has(last)) return 1;
	// What joins two legal forms, as in `GmbH & Co. KG`, joins nothing once the second is gone.
	return last === 'and' ? 1 : 0;
}

const withoutFront = (words: readonly string[]): readonly string[] =>
	words.length > 1 && FRONT.has(words[0] ?? '') ? withoutFront(words.slice(1)) : words;

const endsWith = (words: readonly string[], form: readonly string[]) =>
	form.every((word, index) => words[words.length - form.length + index] === word);

/**
 * Forms in one word, as `foldText` leaves them: dots are gone, so that `S.A.` is `sa`.
 * https://en.wikipedia.org/wiki/List_of_legal_entity_types_by_country
 */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
	[
		'inc incorporated corp corporation co company llc llp lp lllp pllc pc plc ltd limited cic pty',
		'gmbh mbh ag kg kgaa ohg gbr ug ek ev eg se gesmbh',
		'sa sas sasu sarl eurl snc sca scs sc sci',
		'spa srl srls sapa sl slu slne scp cv sab sapi rl',
		'bv nv vof cvba bvba vzw asbl',
		'ab aktiebolag hb as asa ans aps is oy oyj ky ehf hf',
		'sro as ooo oao zao pao ao tov pjsc jsc kft zrt nyrt bt doo dd ad ead eood ood oue uab sia',
		'spzoo ltda eireli epp kk gk yk pte sdn bhd berhad tbk pvt fzco fze fzllc wll saoc',
		'ооо оао зао пао ао ип тов',
	].flatMap((forms) => forms.split(' ')),
);

/** Forms in several words, by their last one. */
const SPELLED = byLast([
	...['sp z oo', 'sp z o o', 'spolka z oo', 's r o', 'a s', 's p a', 's a', 's a r l', 's r l'],
	...[
		'sa de cv',
		'sab de cv',
		's de rl de cv',
		's de rl',
		'limited liability company',
		'private limited',
	],
	...['societe anonyme', 'sociedad anonima', 'sociedad limitada', 'naamloze vennootschap'],
	...['gesellschaft mit beschrankter haftung', 'aktiengesellschaft', 'besloten vennootschap'],
]);

/** Forms that stand before the name. */
const FRONT: ReadonlySet<string> = new Set(
	'the pt oy ab ooo oao zao pao ооо оао зао пао ао тов'.split(' '),
);

/** Forms of scripts that write without spaces; the longer ones first. */
const JOINED = [
	...[
		'股份有限公司',
		'有限责任公司',
		'有限責任公司',
		'有限公司',
		'株式会社',
		'有限会社',
		'合同会社',
	],
	...['(株)', '(有)', '주식회사', '유한회사', '(주)'],
];

function byLast(forms: readonly string[]): ReadonlyMap<string, ReadonlyArray<readonly string[]>> {
	const found = new Map<string, Array<readonly string[]>>();
	for (const form of forms.map((words) => words.split(' '))) {
		const last = form.at(-1) ?? '';
		found.set(last, [...(found.get(last) ?? []), form]);
	}
	return found;
}
