import { z } from 'zod';
import { isFieldPath, type FieldPath } from '../../domain/enrichment-fields';
import type { Store } from '../../runtime/store/port';
import type { StartedJob } from '../enrichment/port';

/** Jobs of providers that answer later, so that the same question is not given twice. */
export interface Jobs {
	/** The job that a provider was given for this key, for all that is wanted, and that is not known to be done. */
	jobOf(key: string, wanted: readonly FieldPath[]): Promise<StartedJob | undefined>;
	keepJob(key: string, job: KeptJob): Promise<void>;
	dropJob(key: string): Promise<void>;
}

export interface KeptJob extends StartedJob {
	/** What the provider was asked for. */
	readonly wanted: readonly FieldPath[];
	readonly subject: string | undefined;
}

export interface JobsOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
	readonly onTrouble: (error: unknown) => void;
}

/** A job that has not been seen to end by then is given again. */
const KEPT_MS = 3_600_000;

const Job = z.object({
	jobId: z.string(),
	pollAfterMs: z.number(),
	wanted: z.array(z.string()).transform((all) => all.filter(isFieldPath)),
});

export function jobs({ store, now, onTrouble }: JobsOptions): Jobs {
	const attempt = async <T>(work: (to: Store) => Promise<T>): Promise<T | undefined> => {
		try {
			return await work(await store());
		} catch (error) {
			onTrouble(error);
			return undefined;
		}
	};

	return {
		jobOf: async (key, wanted) =>
			await attempt(async (from) => {
				const [value] = await from.get([nameOf(key)]);
				if (value === undefined) return undefined;
				const { wanted: asked, ...job } = Job.parse(JSON.parse(value));
				return wanted.every((path) => asked.includes(path)) ? job : undefined;
			}),
		keepJob: async (key, { jobId, pollAfterMs, wanted, subject }) =>
			await attempt(async (to) => {
				const value = JSON.stringify({ jobId, pollAfterMs, wanted });
				const expiresAt = now() + KEPT_MS;
				await to.set([{ key: nameOf(key), value, expiresAt, ...(subject && { subject }) }]);
			}),
		dropJob: async (key) => await attempt(async (to) => await to.delete([nameOf(key)])),
	};
}

const nameOf = (key: string) => `job:v2:${key}`;
