import type { PersonRecord } from '../../lib/domain/identity-person';

/** A record, and who it really is of. */
export interface LabelledRecord {
	readonly person: number;
	readonly record: PersonRecord;
	/** What happened to it on its way. */
	readonly damage: readonly string[];
}

export interface LabelledSet {
	readonly people: number;
	readonly records: readonly LabelledRecord[];
}

/** Mulberry32: the same set for the same seed, on every machine. */
function chance(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return {
		below: (limit: number) => Math.floor(next() * limit),
		happens: (share: number) => next() < share,
		one: <Value>(values: readonly Value[]): Value => values[Math.floor(next() * values.length)]!,
	};
}

type Chance = ReturnType<typeof chance>;

const words = (text: string) => text.split(' ');

const FIRST = words(
	'Anna Maria Robert William Elizabeth Katherine Michael Thomas James Jennifer Łucja José Søren Zoë François Ming Yuki Amélie Björn Siobhán Priya Ahmed Fatima Olga Dmitri Ingrid Lars Elena Marco Giulia Pedro Ana Hans Jürgen Claire Pierre Emma Noah Olivia Liam',
);
const LAST = words(
	"Keller Müller Smith Johnson O'Brien García Nowak Jensen Ivanova Tanaka Rossi Dubois Andersson Kowalska Schmidt Weber Fischer Meyer Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Wolf Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Maier Köhler Herrmann Walter König Huber Kaiser Fuchs Peters Scholz Möller Weiß Jung Hahn Vogel Friedrich Keil Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Groß Sommer",
);
const NICKNAMES: Readonly<Record<string, string>> = {
	Robert: 'Bob',
	William: 'Bill',
	Elizabeth: 'Liz',
	Katherine: 'Kate',
	Michael: 'Mike',
	Thomas: 'Tom',
	James: 'Jim',
	Jennifer: 'Jen',
};
const FIRMS = words(
	'Acme Northwind Globex Initech Umbra Vandelay Hooli Stark Wayne Cyberdyne Tyrell Aperture Soylent Gringotts Monarch Octan Oscorp Massive Pied Duff Wonka Krusty Sirius Zorg Ollivander Bluth Dunder Prestige Sterling Vehement',
);
const SUFFIXES = ['GmbH', 'Inc.', 'Ltd', 'AG', 'LLC', 'S.A.', ''];
const FREE = words('gmail.com googlemail.com outlook.com yahoo.com gmx.de icloud.com');

interface Firm {
	readonly name: string;
	readonly domain: string;
	/** Some give one number for all who work there. */
	readonly switchboard: string | undefined;
}

const ascii = (text: string) =>
	text
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}|[^a-złøß-]/gu, '')
		.replace(/[łøß]/g, (letter) => ({ ł: 'l', ø: 'o', ß: 'ss' })[letter] ?? letter);

/** 1,000 people and more, each as several systems have them, with the damage of forms and imports. */
export function labelledSet(seed: number, people = 1200): LabelledSet {
	const random = chance(seed);
	const firms = Array.from({ length: 240 }, (_, index): Firm => {
		const name = `${random.one(FIRMS)} ${random.one(['Robotics', 'Labs', 'Foods', 'Bank', 'Energy', 'Media'])} ${index}`;
		const domain = `${ascii(name.replace(/ /g, '-'))}${index}.${random.one(['com', 'de', 'io'])}`;
		return { name, domain, switchboard: random.happens(0.3) ? landline(random) : undefined };
	});
	const records = Array.from({ length: people }, (_, person) =>
		recordsOf(person, random, firms),
	).flat();
	return { people, records };
}

const landline = (random: Chance) => `+4930${random.one(['2', '5', '7'])}${digits(random, 7)}`;
const mobile = (random: Chance) => `+49151${random.one(['2', '4', '6'])}${digits(random, 7)}`;
const digits = (random: Chance, count: number) =>
	Array.from({ length: count }, () => random.below(10)).join('');

interface Truth {
	readonly first: string;
	readonly last: string;
	readonly firm: Firm;
	readonly email: string;
	readonly personal: string;
	readonly phone: string;
	readonly hubspot: string;
	readonly salesforce: string;
}

function recordsOf(person: number, random: Chance, firms: readonly Firm[]): LabelledRecord[] {
	const [first, last, firm] = [random.one(FIRST), random.one(LAST), random.one(firms)];
	const tag = person.toString(36);
	const local = random.one([`${ascii(first)}.${ascii(last)}`, `${ascii(first)[0]}${ascii(last)}`]);
	const truth: Truth = {
		first,
		last,
		firm,
		email: `${local}${random.happens(0.3) ? '' : tag}@${firm.domain}`,
		personal: `${ascii(first)}.${ascii(last)}.${tag}@${random.one(FREE)}`,
		phone: mobile(random),
		hubspot: String(50_000 + person),
		salesforce: `00Q5g${person.toString(36).padStart(10, '0')}`,
	};
	const count = 2 + random.below(4);
	return Array.from({ length: count }, (_, nth) =>
		oneRecord(person, truth, random, { nth, firms }),
	);
}

function oneRecord(
	person: number,
	truth: Truth,
	random: Chance,
	{ nth, firms }: { readonly nth: number; readonly firms: readonly Firm[] },
): LabelledRecord {
	const damage: string[] = [];
	const happened = (share: number, name: string) => {
		const happens = random.happens(share);
		if (happens) damage.push(name);
		return happens;
	};
	const moved = nth > 0 && happened(0.04, 'job change');
	const firm = moved ? random.one(firms) : truth.firm;
	const privately = happened(0.12, 'private address');
	const written = privately
		? truth.personal
		: moved
			? truth.email.replace(/@.*/, `@${firm.domain}`)
			: truth.email;
	const email = spelt(written, random, happened);
	const withEmail = !happened(0.1, 'no address');
	const withPhone = random.happens(0.65);
	const shared = withPhone && firm.switchboard !== undefined && happened(0.3, 'shared phone');
	const phone = shared ? firm.switchboard! : truth.phone;
	const ids = [
		...(random.happens(0.45) ? [{ system: 'hubspot', id: truth.hubspot }] : []),
		...(random.happens(0.35) ? [{ system: 'salesforce', id: truth.salesforce }] : []),
	];
	const record: PersonRecord = {
		ids,
		emails: withEmail ? [email] : [],
		phones: withPhone ? [phone] : [],
		name: named(truth, random, happened),
		company: `${firm.name} ${random.one(SUFFIXES)}`.trim(),
		domain: firm.domain,
	};
	return { person, record, damage };
}

type Happened = (share: number, name: string) => boolean;

function spelt(address: string, random: Chance, happened: Happened): string {
	const [local = '', host = ''] = address.split('@');
	const gmail = host === 'gmail.com' || host === 'googlemail.com';
	const dotted = gmail && happened(0.4, 'gmail dots') ? local.replace('.', '') : local;
	const tagged = happened(0.08, 'plus-tag')
		? `${dotted}+${random.one(['web', 'news', 'q3'])}`
		: dotted;
	const typed = happened(0.015, 'typo in the address') ? typo(tagged, random) : tagged;
	return `${typed}@${host}`;
}

/** Two letters swapped, one left out, or one doubled. */
function typo(text: string, random: Chance): string {
	const at = 1 + random.below(Math.max(1, text.length - 2));
	const [before, here, rest] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
	const ways = [`${before}${rest}`, `${before}${here}${here}${rest}`];
	return random.one([...ways, `${before.slice(0, -1)}${here}${before.slice(-1)}${rest}`]);
}

function named({ first, last }: Truth, random: Chance, happened: Happened): string | undefined {
	if (happened(0.1, 'no name')) return undefined;
	const nick = NICKNAMES[first];
	const called = nick && happened(0.3, 'nickname') ? nick : first;
	const surname = happened(0.03, 'typo in the name') ? typo(last, random) : last;
	const bare = happened(0.1, 'no accents')
		? (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '')
		: String;
	const name = happened(0.06, 'swapped names') ? `${surname}, ${called}` : `${called} ${surname}`;
	return happened(0.1, 'capitals') ? bare(name).toUpperCase() : bare(name);
}
