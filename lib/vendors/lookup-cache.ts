import { createHash } from 'node:crypto';
import { z } from 'zod';
import { facts } from '../domain/enrichment-facts';
import { isFieldPath, type FieldPath } from '../domain/enrichment-fields';
import type { Lead } from '../domain/lead';
import type { Entry, Store } from '../runtime/store/port';
import { subjectOfPerson } from '../runtime/store/subject';
import type { Lookup } from './enrichment/port';

/** A provider's answer with its age. */
export interface Kept {
	readonly lookup: Lookup;
	/** Epoch ms of the provider's answer. */
	readonly at: number;
	/** What the provider was asked for; an answer says nothing about the rest. */
	readonly wanted: readonly FieldPath[];
}

export interface LookupCache {
	/** Reads the answers for a whole batch of leads in one round trip. */
	prepare(keys: readonly string[]): Promise<void>;
	/** The answer kept for this key, or the one that `ask` gets. Two callers at once cost one call. */
	find(
		key: string,
		asked: { readonly wanted: readonly FieldPath[]; readonly subject: string | undefined },
		ask: () => Promise<Lookup>,
	): Promise<Kept & { readonly cached: boolean }>;
	/** Writes what was learnt, in one round trip. */
	flush(): Promise<void>;
}

export interface CacheOptions {
	/** Opened at first use; what it throws goes to `onTrouble`. */
	readonly store: () => Store | Promise<Store>;
	/** How old an answer may be. 0: nothing is read or written. */
	readonly maxAgeMs: number;
	readonly now: () => number;
	/** Told when the store cannot be reached: then every provider is simply asked. */
	readonly onTrouble: (error: unknown) => void;
}

/** Remembers who is known and who is not, so that a lead is not paid for twice. */
export function lookupCache({ store, maxAgeMs, now, onTrouble }: CacheOptions): LookupCache {
	const kept = new Map<string, Kept | undefined>();
	const asking = new Map<string, Promise<unknown>>();
	const learnt: Entry[] = [];

	const prepare = async (keys: readonly string[]) => {
		const unknown = [...new Set(keys)].filter((key) => !kept.has(key));
		if (maxAgeMs <= 0 || unknown.length === 0) return;
		try {
			const values = await (await store()).get(unknown);
			unknown.forEach((key, index) => {
				// What was learnt while the store was read is newer than what it held.
				if (!kept.has(key)) kept.set(key, readKept(values[index]));
			});
		} catch (error) {
			onTrouble(error);
		}
	};

	const fresh = (key: string, wanted: readonly FieldPath[]) => {
		const found = kept.get(key);
		const usable =
			found && now() - found.at < maxAgeMs && wanted.every((path) => found.wanted.includes(path));
		return usable ? found : undefined;
	};

	const remember = (key: string, answer: Kept, subject: string | undefined) => {
		if (maxAgeMs <= 0) return;
		kept.set(key, answer);
		const expiresAt = answer.at + maxAgeMs;
		learnt.push({ key, value: JSON.stringify(answer), expiresAt, ...(subject && { subject }) });
	};

	return {
		prepare,
		async find(key, { wanted, subject }, ask) {
			await prepare([key]);
			const peer = asking.get(key);
			if (peer) await peer.catch(() => undefined);
			const found = fresh(key, wanted);
			if (found) return { ...found, cached: true };
			const question = ask();
			asking.set(key, question);
			const lookup = await question;
			const open = lookup.unanswered ?? [];
			const answered = wanted.filter((path) => !open.includes(path));
			const answer = { lookup, at: now(), wanted: answered };
			remember(key, answer, subject);
			return { ...answer, cached: false };
		},
		async flush() {
			if (learnt.length === 0) return;
			try {
				await (await store()).set(learnt.splice(0));
			} catch (error) {
				onTrouble(error);
			}
		},
	};
}

/** Whom a provider is asked about, without saying who it is. */
export function lookupKey(providerId: string, lead: Lead): string {
	return `enrich:v1:${providerId}:${sha256(personOf(lead))}`;
}

/** The person that a kept answer belongs to, for erasure. */
export const subjectOf = ({ identity }: Lead): string | undefined => subjectOfPerson(identity);

function personOf({ identity, person, company }: Lead): string {
	if (identity.email) return identity.email;
	if (person.linkedinUrl) return person.linkedinUrl;
	const name = person.fullName ?? [person.firstName, person.lastName].filter(Boolean).join(' ');
	const employer = company.domain ?? company.name ?? '';
	return name ? `${name.toLowerCase()}@${employer}` : employer;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const Credits = z.number().nonnegative();
const KeptValue = z.object({
	at: z.number(),
	wanted: z.array(z.string()),
	lookup: z.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('found'),
			fields: z.record(z.string(), z.unknown()),
			confidence: z.number().optional(),
			credits: Credits,
			apiVersion: z.string().optional(),
		}),
		z.object({
			kind: z.literal('no-match'),
			credits: Credits,
			apiVersion: z.string().optional(),
		}),
	]),
});

/** An answer kept by another version of this package that cannot be read is no answer. */
function readKept(value: string | undefined): Kept | undefined {
	const parsed = KeptValue.safeParse(fromJson(value));
	if (!parsed.success) return undefined;
	const { at, wanted, lookup } = parsed.data;
	const version = lookup.apiVersion === undefined ? {} : { apiVersion: lookup.apiVersion };
	const base = { at, wanted: wanted.filter(isFieldPath) };
	if (lookup.kind === 'no-match') {
		return { ...base, lookup: { kind: 'no-match', credits: lookup.credits, ...version } };
	}
	const sure = lookup.confidence === undefined ? {} : { confidence: lookup.confidence };
	const { kind, fields, credits } = lookup;
	return { ...base, lookup: { kind, fields: facts(fields), credits, ...sure, ...version } };
}

function fromJson(value: string | undefined): unknown {
	try {
		return value === undefined ? undefined : JSON.parse(value);
	} catch {
		return undefined;
	}
}
