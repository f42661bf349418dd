import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isFieldPath, type FieldPath } from '../../domain/enrichment-fields';
import type { Held, Store, Taken } from '../../runtime/store/port';

/** One lead that waits for a provider's answer. */
export interface WaitingLead {
	/** The item's namespaces: `lead`, `enrichment`, `trace` and what else was there. */
	readonly item: Readonly<Record<string, unknown>>;
	readonly correlationId: string;
	/** What the provider was asked for. */
	readonly wanted: readonly FieldPath[];
	/** What its answer may fill; empty for everything. */
	readonly fields: readonly FieldPath[];
	/** Set aside when the job was started, so that only the difference is counted at its end. Absent: by somebody else, who counts it. */
	readonly heldMilliCredits?: number | undefined;
	/** US dollars, where the account pays another price than the public one. */
	readonly usdPerCredit?: number | undefined;
	/** Which of the job's answers is meant, where that is not the lead's own place. */
	readonly answerAt?: number | undefined;
	/** The person, for erasure. */
	readonly subject?: string | undefined;
}

/** A job that a provider has been given, and who waits for it, in the order of its leads. */
export interface LookupJob {
	readonly provider: string;
	readonly jobId: string;
	/** Epoch ms. */
	readonly startedAt: number;
	/** Whose job it is (`revision` of the provider): another account does not know it. */
	readonly account?: string | undefined;
	/** Leads that were erased meanwhile are undefined. */
	readonly leads: ReadonlyArray<WaitingLead | undefined>;
}

export type JobName = Pick<LookupJob, 'provider' | 'jobId'>;

/** A job that one lead waits for. */
export type WaitedJob = JobName & Pick<LookupJob, 'account'> & { readonly pollAfterMs: number };

export interface StartedJobs {
	/** Remembers who waits for what, and puts the job into the queue of those to be asked for. */
	remember(job: LookupJob, pollAfterMs: number): Promise<void>;
	/** Remembers one lead, of a job that others may wait for already: two events of one person share it. */
	wait(job: WaitedJob, lead: WaitingLead): Promise<void>;
	/** Undefined: nobody here has started such a job, or too long ago. */
	find(name: JobName): Promise<LookupJob | undefined>;
	/** Jobs whose time to be asked for has come; nobody else gets them for a minute. */
	takeDue(limit: number): Promise<DueJob[]>;
	/** Ask for it again later. */
	askLater(name: JobName, pollAfterMs: number): Promise<void>;
	/** It need not be asked for any more; its leads are remembered on, for a second callback. */
	end(name: JobName): Promise<void>;
	/** The right to take in an answer of a job: `repeat` where it was taken in, `busy` where somebody is at it. Who dies over it loses the right within a minute. */
	claim(name: JobName, answer: unknown): Promise<Held | 'repeat' | 'busy'>;
	/** The answer was taken in. */
	complete(held: Held): Promise<void>;
	/** Writes what a lead has become, so that the next answer is added to that. */
	update(name: JobName, place: number, lead: WaitingLead): Promise<void>;
}

export type DueJob = JobName & { readonly taken: Pick<Taken, 'id' | 'token'> };

export interface StartedJobsOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
}

const QUEUE = 'lookup-jobs';
/** As long as the most patient providers keep their answers. */
const KEPT_MS = 30 * 86_400_000;
const LEASE_MS = 60_000;

/** Who waits for which answer, in the store: the lead is found again by the provider's job id. */
export function startedJobs({ store, now }: StartedJobsOptions): StartedJobs {
	const entry = (name: JobName, place: number, { subject, ...lead }: WaitingLead) => ({
		key: leadKey(name, place),
		value: JSON.stringify({ ...lead, ...(subject && { subject }) }),
		expiresAt: now() + KEPT_MS,
		...(subject && { subject }),
	});
	const park = async ({ provider, jobId }: JobName, dueAt: number, expiresAt: number) => {
		const value = JSON.stringify({ provider, jobId });
		await (
			await store()
		).park([{ queue: QUEUE, id: `${provider}:${jobId}`, dueAt, expiresAt, value }]);
	};

	const leadsOf = async (name: JobName, count: number) => {
		const keys = Array.from({ length: count }, (_, place) => leadKey(name, place));
		return (await (await store()).get(keys)).map(readLead);
	};
	/** Where a lead waits already, or the next place. */
	const placeOf = async (name: JobName, { correlationId }: WaitingLead, count: number) => {
		const leads = count > 0 ? await leadsOf(name, count) : [];
		const place = leads.findIndex((one) => one?.correlationId === correlationId);
		return place < 0 ? count : place;
	};

	return {
		async remember(job, pollAfterMs) {
			const { provider, jobId, startedAt, account, leads } = job;
			const value = JSON.stringify({ startedAt, count: leads.length, account });
			await (
				await store()
			).set([
				{ key: jobKey(job), value, expiresAt: now() + KEPT_MS },
				...leads.flatMap((lead, place) => (lead ? [entry(job, place, lead)] : [])),
			]);
			await park({ provider, jobId }, now() + pollAfterMs, now() + KEPT_MS);
		},
		async wait({ provider, jobId, account: asker, pollAfterMs }, lead) {
			const name = { provider, jobId };
			const to = await store();
			for (;;) {
				const [head] = await to.get([jobKey(name)]);
				const { startedAt, count, account } =
					head === undefined
						? { startedAt: now(), count: 0, account: asker }
						: Head.parse(JSON.parse(head));
				const place = await placeOf(name, lead, count);
				if (place === count) {
					// First the place, then the lead: two that come at once never share one.
					const value = JSON.stringify({ startedAt, count: count + 1, account });
					const grown = { key: jobKey(name), value, expiresAt: now() + KEPT_MS };
					if (!(await to.compareAndSet(head, grown))) continue;
				}
				const shared = place > 0 && { answerAt: 0, heldMilliCredits: undefined };
				await to.set([entry(name, place, { ...lead, ...shared })]);
				if (head === undefined) await park(name, now() + pollAfterMs, now() + KEPT_MS);
				return;
			}
		},
		async find(name) {
			const from = await store();
			const [head] = await from.get([jobKey(name)]);
			if (head === undefined) return undefined;
			const { startedAt, count, account } = Head.parse(JSON.parse(head));
			return { ...name, startedAt, account, leads: await leadsOf(name, count) };
		},
		async takeDue(limit) {
			const order = { limit, leaseUntil: now() + LEASE_MS };
			const due = await (await store()).takeDue(QUEUE, order);
			return due.map(({ id, token, value }) => ({
				...Name.parse(JSON.parse(value)),
				taken: { id, token },
			}));
		},
		askLater: async (name, pollAfterMs) => {
			await park(name, now() + pollAfterMs, now() + KEPT_MS);
		},
		// Parked once more, to be gone at once: a job that nobody has taken can be ended too.
		end: async (name) => {
			await park(name, now(), now());
		},
		async claim(name, answer) {
			const digest = createHash('sha256').update(JSON.stringify(answer)).digest('hex');
			const key = `lookup-answer:v1:${name.provider}:${name.jobId}:${digest}`;
			const order = { key, leaseUntil: now() + LEASE_MS, expiresAt: now() + KEPT_MS };
			const [claim] = await (await store()).claim([order]);
			if (claim?.state === 'new') return { key, token: claim.token };
			return claim?.state === 'done' ? 'repeat' : 'busy';
		},
		async complete({ key, token }) {
			const expiresAt = now() + KEPT_MS;
			await (await store()).complete([{ key, token, result: '', expiresAt }]);
		},
		async update(name, place, lead) {
			await (await store()).set([entry(name, place, lead)]);
		},
	};
}

const jobKey = ({ provider, jobId }: JobName) => `lookup-job:v1:${provider}:${jobId}`;
const leadKey = (name: JobName, place: number) => `${jobKey(name)}:${place}`;

const Head = z.object({
	startedAt: z.number(),
	count: z.number().int().nonnegative(),
	account: z.string().optional(),
});
const Name = z.object({ provider: z.string(), jobId: z.string() });
const paths = z.array(z.string()).transform((all) => all.filter(isFieldPath));
const Waiting = z.object({
	item: z.record(z.string(), z.unknown()),
	correlationId: z.string(),
	wanted: paths,
	fields: paths,
	heldMilliCredits: z.number().optional(),
	usdPerCredit: z.number().optional(),
	answerAt: z.number().int().nonnegative().optional(),
	subject: z.string().optional(),
});

function readLead(text: string | undefined): WaitingLead | undefined {
	return text === undefined ? undefined : Waiting.parse(JSON.parse(text));
}
