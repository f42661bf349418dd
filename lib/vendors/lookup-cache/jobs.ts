import { z } from 'zod';
import type { Store } from '../../runtime/store/port';
import type { StartedJob } from '../enrichment/port';

/** Jobs of providers that answer later, so that the same question is not given twice. */
export interface Jobs {
	/** The job that a provider was given for this key and that is not known to be done. */
	jobOf(key: string): Promise<StartedJob | undefined>;
	keepJob(key: string, job: StartedJob, subject: string | undefined): Promise<void>;
	dropJob(key: string): Promise<void>;
}

export interface JobsOptions {
	readonly store: () => Store | Promise<Store>;
	readonly now: () => number;
	readonly onTrouble: (error: unknown) => void;
}

/** A job that has not been seen to end by then is given again. */
const KEPT_MS = 3_600_000;

const Job = z.object({ jobId: z.string(), pollAfterMs: z.number() });

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
		jobOf: async (key) =>
			await attempt(async (from) => {
				const [value] = await from.get([nameOf(key)]);
				return value === undefined ? undefined : Job.parse(JSON.parse(value));
			}),
		keepJob: async (key, { jobId, pollAfterMs }, subject) =>
			await attempt(async (to) => {
				const value = JSON.stringify({ jobId, pollAfterMs });
				const expiresAt = now() + KEPT_MS;
				await to.set([{ key: nameOf(key), value, expiresAt, ...(subject && { subject }) }]);
			}),
		dropJob: async (key) => await attempt(async (to) => await to.delete([nameOf(key)])),
	};
}

const nameOf = (key: string) => `job:v1:${key}`;
