import { foldText } from './person-name';

/**
 * Zones of states that lie in one zone as a whole, by country: `codes = zone`. States with two (Florida,
 * Texas, Ontario) are left out. https://data.iana.org/time-zones/tzdb/zone1970.tab
 */
const ZONES: Readonly<Record<string, readonly string[]>> = {
	US: [
		'CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV = America/New_York',
		'AL AR IL IA LA MN MS MO OK WI = America/Chicago',
		'CO MT NM UT WY = America/Denver',
		'CA WA = America/Los_Angeles',
		'HI = Pacific/Honolulu',
	],
	CA: [
		'AB = America/Edmonton',
		'MB = America/Winnipeg',
		'NB = America/Moncton',
		'NS PE = America/Halifax',
		'YT = America/Whitehorse',
	],
	AU: [
		'ACT = Australia/Sydney',
		'VIC = Australia/Melbourne',
		'QLD = Australia/Brisbane',
		'SA = Australia/Adelaide',
		'TAS = Australia/Hobart',
		'NT = Australia/Darwin',
	],
	BR: [
		'SP RJ MG ES PR SC RS GO DF = America/Sao_Paulo',
		'BA = America/Bahia',
		'CE MA PI RN PB = America/Fortaleza',
	],
};

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	US: {
		...{ alabama: 'AL', arkansas: 'AR', california: 'CA', colorado: 'CO', connecticut: 'CT' },
		...{ delaware: 'DE', 'district of columbia': 'DC', 'washington dc': 'DC', georgia: 'GA' },
		...{ hawaii: 'HI', illinois: 'IL', iowa: 'IA', louisiana: 'LA', maine: 'ME', maryland: 'MD' },
		...{ massachusetts: 'MA', minnesota: 'MN', mississippi: 'MS', missouri: 'MO', montana: 'MT' },
		...{ 'new hampshire': 'NH', 'new jersey': 'NJ', 'new mexico': 'NM', 'new york': 'NY' },
		...{ 'north carolina': 'NC', ohio: 'OH', oklahoma: 'OK', pennsylvania: 'PA', utah: 'UT' },
		...{ 'rhode island': 'RI', 'south carolina': 'SC', vermont: 'VT', virginia: 'VA' },
		...{ washington: 'WA', 'west virginia': 'WV', wisconsin: 'WI', wyoming: 'WY' },
	},
	CA: {
		...{ alberta: 'AB', manitoba: 'MB', 'new brunswick': 'NB', 'nova scotia': 'NS' },
		...{ 'prince edward island': 'PE', yukon: 'YT' },
	},
	AU: {
		...{ 'australian capital territory': 'ACT', victoria: 'VIC', queensland: 'QLD' },
		...{ 'south australia': 'SA', tasmania: 'TAS', 'northern territory': 'NT' },
	},
	BR: {
		...{ 'sao paulo': 'SP', 'rio de janeiro': 'RJ', 'minas gerais': 'MG', bahia: 'BA' },
		...{ 'espirito santo': 'ES', parana: 'PR', 'santa catarina': 'SC', goias: 'GO' },
		...{ 'rio grande do sul': 'RS', 'distrito federal': 'DF', ceara: 'CE', maranhao: 'MA' },
		...{ piaui: 'PI', 'rio grande do norte': 'RN', paraiba: 'PB' },
	},
};

const BY_CODE: ReadonlyMap<string, string> = new Map(
	Object.entries(ZONES).flatMap(([country, lines]) =>
		lines.flatMap((line) => {
			const [codes = '', zone = ''] = line.split(' = ');
			return codes.split(' ').map((code) => [`${country} ${code}`, zone] as const);
		}),
	),
);

const CODE_OF: ReadonlyMap<string, string> = new Map(
	Object.entries(NAMES).flatMap(([country, names]) =>
		Object.entries(names).map(([name, code]) => [`${country} ${name}`, code] as const),
	),
);

/** IANA zone of a state, by its code or English name; undefined where it has several or is not known. */
export function zoneOfState(state: string, country: string): string | undefined {
	const code = CODE_OF.get(`${country} ${foldText(state)}`) ?? state.trim().toUpperCase();
	return BY_CODE.get(`${country} ${code}`);
}
