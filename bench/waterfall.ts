import { factList, type FieldPath } from '../lib/domain/enrichment-fields';
import type { Lead } from '../lib/domain/lead';
import { PROFILES } from '../lib/domain/enrichment-profile';
import { memoryStore } from '../lib/runtime/store/memory';
import type { EnrichmentProvider } from '../lib/vendors/enrichment/port';
import { bulkDesk, enrich } from '../lib/vendors/waterfall';
import { clock } from '../test/vendors/waterfall/clock';
import type { Table } from './table';
import { executionOn, http, orderOf, RARE, type Change } from './waterfall-execution';
import { overhead } from './waterfall-kept';
import { oracleUsd } from './waterfall-oracle';
import { COMPANIES, emailOf, LEADS, providersOf, seeded, worldOf } from './waterfall-world';

/** Leads at the same time, in every way of asking. */
const LANES = 5;
/** As the node works on a batch. */
const AT_ONCE = 20;
const SEEDS = [1, 2, 3, 4, 5];
/** What a match usually brings, and what it brings now and then. */
const USUAL: readonly FieldPath[] = [
	'person.title',
	'person.seniority',
	'person.linkedinUrl',
	'company.industry',
	'company.employeeCount',
];
interface Result {
	readonly minutes: number;
	/** How long a lead takes that only one in twenty exceeds. */
	readonly p95Ms: number;
	readonly calls: number;
	readonly usd: number;
	readonly fields: number;
	/** What an oracle would pay for the same fields. */
	readonly oracle: number;
}

type Clock = ReturnType<typeof clock>;
type Way = (lead: Lead, providers: readonly EnrichmentProvider[]) => Promise<readonly FieldPath[]>;
type MakeWay = (time: Clock, wanted: readonly FieldPath[]) => Way;

const WAYS: ReadonlyArray<readonly [string, MakeWay]> = [
	['Waterfall Enrich, Full', (time, wanted) => ours(time, { ...PROFILES.full, wanted })],
	['Waterfall Enrich, Routing', (time, wanted) => ours(time, { ...PROFILES.routing, wanted })],
	[
		'Waterfall Enrich, Full, learned',
		(time, wanted) => ours(time, { ...PROFILES.full, wanted, learned: { explore: 0.05 } }),
	],
	['HTTP Request and IF', (_, wanted) => handBuilt(wanted)],
	['every provider at once', () => everybody],
];

/** 1,000 leads of 100 companies through simulated providers, in simulated time; then real time for kept answers. */
export async function bench(): Promise<Table[]> {
	return [
		await compare('what a match usually brings', { wanted: USUAL, onlyWanted: [] }),
		await compare('phone and revenue too', { wanted: RARE, onlyWanted: [] }),
		await compare('what a match usually brings, and the dear one charges for nothing else', {
			wanted: USUAL,
			onlyWanted: ['deep'],
		}),
		await compare('phone and revenue too, and the dear one charges for nothing else', {
			wanted: RARE,
			onlyWanted: ['deep'],
		}),
		await compare('what a match usually brings, the dear one first', USUAL_ONLY, DEAR_FIRST),
		await together(),
		await overhead(),
	];
}

interface Scenario {
	readonly wanted: readonly FieldPath[];
	readonly onlyWanted: readonly string[];
	/** Leads at the same time. */
	readonly lanes?: number;
	/** Whether the providers take several in one request. */
	readonly bulk?: boolean;
}

/** What a learned order is for: steps that stand in an order that costs too much. */
const DEAR_FIRST = WAYS.filter(([name]) => /, Full/.test(name)).map(
	([name, make]) =>
		[
			name,
			(time: Clock, wanted: readonly FieldPath[]): Way => {
				const way = make(time, wanted);
				return async (lead, providers) => await way(lead, providers.toReversed());
			},
		] as const,
);
const USUAL_ONLY: Scenario = { wanted: USUAL, onlyWanted: [] };

async function compare(
	title: string,
	scenario: Scenario,
	ways: ReadonlyArray<readonly [string, MakeWay]> = WAYS,
): Promise<Table> {
	const { wanted } = scenario;
	const rows = [];
	for (const [name, make] of ways) {
		const results: Result[] = [];
		for (const seed of SEEDS) results.push(await run(seed, make, scenario));
		const mean = (of: (result: Result) => number) =>
			results.reduce((sum, result) => sum + of(result), 0) / results.length;
		rows.push([
			name,
			Math.round(LEADS / mean(({ minutes }) => minutes)),
			mean(({ p95Ms }) => p95Ms) / 1_000,
			mean(({ calls }) => calls) / LEADS,
			mean(({ usd }) => usd),
			mean(({ fields }) => fields) / LEADS,
			mean(({ usd, oracle }) => usd / oracle),
		]);
	}
	return {
		title: `${LEADS.toLocaleString('en')} leads of ${COMPANIES} companies, three providers, ${LANES} leads at once; wanted: ${title}`,
		columns: ['', 'leads/min', 'p95 s', 'calls/lead', 'USD', 'fields/lead', 'to oracle'],
		rows,
		note: `Simulated time, mean of ${SEEDS.length} seeds; ${wanted.length} fields wanted. to oracle: the money, by what one who knows who has what would pay for the same fields. Aim: 1.05.`,
	};
}

async function run(
	seed: number,
	make: MakeWay,
	{ wanted, lanes = LANES, ...how }: Scenario,
): Promise<Result> {
	const time = clock();
	const world = worldOf(seed);
	const meter = { calls: 0, usd: 0 };
	const providers = providersOf(world, {
		sleep: time.sleep,
		random: seeded(seed + 1_000),
		meter,
		...how,
	});
	const way = make(time, wanted);
	const filled = new Map<string, readonly FieldPath[]>();
	const took: number[] = [];
	const waiting = world.leads.values();
	const lane = async () => {
		for (const lead of waiting) {
			const begun = time.now();
			const paths = await way(lead, providers);
			took.push(time.now() - begun);
			filled.set(
				emailOf(lead),
				paths.filter((path) => wanted.includes(path)),
			);
		}
	};
	const startedAt = time.now();
	await time.run(Promise.all(Array.from({ length: lanes }, lane)));
	const minutes = (time.now() - startedAt) / 60_000;
	// What was left running when its lead went on is paid as well.
	await time.pass(60_000);
	const fields = [...filled.values()].reduce((sum, paths) => sum + paths.length, 0);
	const p95Ms = took.sort((a, b) => a - b)[Math.floor(0.95 * LEADS)] ?? 0;
	return { minutes, p95Ms, ...meter, fields, oracle: oracleUsd(world, filled) };
}

function ours(time: Clock, change: Change): Way {
	const store = memoryStore(time.now);
	const world = {
		...executionOn(store, time.now),
		after: time.after,
		random: seeded(7),
		bulk: bulkDesk({ open: () => http, soon: (then) => void time.after(10, then) }),
	};
	let asked = 0;
	return async (lead, providers) => {
		const order = orderOf(providers, change);
		const { facts } = await enrich(lead, order, world);
		asked += 1;
		// An execution ends now and then, and tells the others what it has seen.
		if (asked % 50 === 0) await world.health.flush();
		return factList(facts).map(([path]) => path);
	};
}

/** One HTTP Request a provider, an IF between them: is anything missing? Then the next one is asked for all. */
const handBuilt =
	(wanted: readonly FieldPath[]): Way =>
	async (lead, providers) => {
		const filled = new Set<FieldPath>();
		for (const provider of providers) {
			if (wanted.every((path) => filled.has(path))) break;
			(await wholeAnswer(provider, lead)).forEach((path) => filled.add(path));
		}
		return [...filled];
	};

const everybody: Way = async (lead, providers) => {
	const all = await Promise.all(providers.map(async (one) => await wholeAnswer(one, lead)));
	return [...new Set(all.flat())];
};

/** As the vendors' pages show it: person with company in one call, the company where the person is unknown. */
async function wholeAnswer(provider: EnrichmentProvider, lead: Lead): Promise<FieldPath[]> {
	const person = await provider.lookup(lead, http, RARE);
	if (person.kind === 'found') return factList(person.fields).map(([path]) => path);
	const company = await provider.company?.lookup({ domain: lead.company.domain ?? '' }, http);
	return company?.kind === 'found' ? factList(company.fields).map(([path]) => path) : [];
}

/** As many leads at once as the node has: each in a request of its own, and several in one. */
async function together(): Promise<Table> {
	const rows = [];
	const full: MakeWay = (time, wanted) => ours(time, { ...PROFILES.full, wanted });
	for (const bulk of [false, true]) {
		const scenario = { wanted: USUAL, onlyWanted: [], lanes: AT_ONCE, bulk };
		const results: Result[] = [];
		for (const seed of SEEDS) results.push(await run(seed, full, scenario));
		const mean = (of: (result: Result) => number) =>
			results.reduce((sum, result) => sum + of(result), 0) / results.length;
		rows.push([
			bulk ? 'ten in one request' : 'one a request',
			Math.round(LEADS / mean(({ minutes }) => minutes)),
			mean(({ p95Ms }) => p95Ms) / 1_000,
			mean(({ calls }) => calls) / LEADS,
			mean(({ usd }) => usd),
			mean(({ fields }) => fields) / LEADS,
		]);
	}
	return {
		title: `Waterfall Enrich, Full, ${AT_ONCE} leads at once; wanted: what a match usually brings`,
		columns: ['', 'leads/min', 'p95 s', 'requests/lead', 'USD', 'fields/lead'],
		rows,
		note: 'Simulated time. A request takes as long for ten as for one, and each match in it costs the same.',
	};
}
