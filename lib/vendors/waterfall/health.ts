import { z } from 'zod';
import {
	DEFAULT_RANK,
	faded,
	NOTHING_SEEN,
	seenBoth,
	type Seen,
} from '../../domain/enrichment-rank';
import type { Lead } from '../../domain/lead';
import type { Store } from '../../runtime/store/port';

/** How one call ended. */
export interface Observation {
	readonly provider: string;
	/** Who was asked about, where nobody was asked before: `segmentOf`; otherwise `LATER`. */
	readonly segment: string;
	/** `match` and `no-match` are successes; only `failure` speaks against the provider's health. */
	readonly outcome: 'match' | 'no-match' | 'failure';
	readonly latencyMs: number;
	readonly microUsd: number;
}

export interface Health {
	/** Reads what is known about these providers; done once before the items. */
	prepare(providers: readonly string[]): Promise<void>;
	note(observation: Observation): void;
	/** How a provider did when it was the first to be asked about this kind of lead; of all kinds while that says too little. */
	seen(provider: string, segment: string): Seen | undefined;
	/** All its calls. */
	overall(provider: string): Seen | undefined;
	/** Adds what was noted to what all workers have seen. */
	flush(): Promise<void>;
}

export interface HealthOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
	readonly onTrouble: (error: unknown) => void;
}

/** Who is asked second sees only the leads that the first did not know: that says nothing of its rate. */
export const LATER = 'later';

const KEPT_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;
const TRIES = 5;

const Count = z.number().nonnegative();
const Seens = z.record(
	z.string(),
	z.object({
		answered: Count,
		matched: Count,
		failed: Count,
		latencyMs: Count,
		microUsd: Count,
	}),
);
const KeptValue = z.object({ at: z.number(), segments: Seens });
type Kept = z.infer<typeof KeptValue>;

/** How providers did: match rate, success rate, wait and price, by kind of lead. What is old fades. */
export function health({ store, now, onTrouble }: HealthOptions): Health {
	const known = new Map<string, Kept>();
	const noted = new Map<string, Map<string, Seen>>();

	const read = (text: string | undefined): Kept => {
		const parsed = KeptValue.safeParse(fromJson(text));
		if (!parsed.success) return { at: now(), segments: {} };
		const days = (now() - parsed.data.at) / DAY_MS;
		const segments = Object.entries(parsed.data.segments)
			.map(([name, seen]) => [name, faded(seen, days)] as const)
			.filter(([, { answered, failed }]) => answered + failed > 0.1);
		return { at: now(), segments: Object.fromEntries(segments) };
	};

	const save = async (to: Store, provider: string, fresh: ReadonlyMap<string, Seen>) => {
		for (let attempt = 0; attempt < TRIES; attempt += 1) {
			const [before] = await to.get([keyOf(provider)]);
			const { segments } = read(before);
			for (const [segment, seen] of fresh) {
				segments[segment] = seenBoth(segments[segment] ?? NOTHING_SEEN, seen);
			}
			const kept: Kept = { at: now(), segments };
			const value = JSON.stringify(kept);
			const entry = { key: keyOf(provider), value, expiresAt: now() + KEPT_MS };
			if (!(await to.compareAndSet(before, entry))) continue;
			known.set(provider, kept);
			return;
		}
	};

	return {
		async prepare(providers) {
			const unknown = providers.filter((provider) => !known.has(provider));
			if (unknown.length === 0) return;
			try {
				const values = await (await store()).get(unknown.map(keyOf));
				unknown.forEach((provider, place) => known.set(provider, read(values[place])));
			} catch (error) {
				onTrouble(error);
			}
		},
		note({ provider, segment, outcome, latencyMs, microUsd }) {
			const answered = outcome === 'failure' ? 0 : 1;
			const segments = noted.get(provider) ?? new Map<string, Seen>();
			const seen: Seen = {
				answered,
				matched: outcome === 'match' ? 1 : 0,
				failed: 1 - answered,
				latencyMs: answered * latencyMs,
				microUsd: answered * microUsd,
			};
			segments.set(segment, seenBoth(segments.get(segment) ?? NOTHING_SEEN, seen));
			noted.set(provider, segments);
		},
		seen(provider, segment) {
			const segments = known.get(provider)?.segments ?? {};
			const own = segments[segment];
			if (own && own.answered >= DEFAULT_RANK.minimumAnswers) return own;
			return sumOf(
				Object.keys(segments)
					.filter((name) => name !== LATER)
					.map((name) => segments[name]),
			);
		},
		overall: (provider) => sumOf(Object.values(known.get(provider)?.segments ?? {})),
		async flush() {
			const fresh = [...noted];
			noted.clear();
			if (fresh.length === 0) return;
			try {
				const to = await store();
				for (const [provider, segments] of fresh) await save(to, provider, segments);
			} catch (error) {
				onTrouble(error);
			}
		},
	};
}

const sumOf = (all: ReadonlyArray<Seen | undefined>): Seen | undefined =>
	all.reduce((sum, seen) => (sum && seen ? seenBoth(sum, seen) : (sum ?? seen)), undefined);

const keyOf = (provider: string) => `seen:v1:${provider}`;

/** The kind of lead, as far as it is known before anybody is asked: `business US 51-250`. */
export function segmentOf({ identity, person, company }: Lead): string {
	const country = company.country ?? person.country ?? 'any';
	return `${identity.emailKind ?? 'unknown'} ${country} ${sizeOf(company.employeeCount)}`;
}

const SIZES = [10, 50, 250, 1_000, 5_000];

function sizeOf(employees: number | undefined): string {
	if (employees === undefined) return 'any';
	const place = SIZES.findIndex((size) => employees <= size);
	if (place < 0) return `${SIZES.at(-1)}+`;
	return `${(SIZES[place - 1] ?? 0) + 1}-${SIZES[place]}`;
}

function fromJson(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}
