import { PipelineError } from '../../domain/errors';
import type { Store } from './port';
import { redisClaims } from './redis-claims';
import type { RedisConnection } from './redis-connection';
import { redisEntries } from './redis-entries';
import { ERASE } from './redis-erase-script';
import { redisParking, redisWindows } from './redis-lists';
import { hide, numbers, spaceOf } from './redis-space';

export interface RedisOptions {
	/** Default `lead-handoff`. */
	readonly prefix?: string;
	/** Whose memory this is, where several regions share one server. Default `main`. */
	readonly region?: string;
	readonly now?: () => number;
}

/**
 * The engine for several machines. All keys of a region begin `lead-handoff:{main}:`: the braces are
 * a hash tag, so that in a cluster they live on one node, and a batch or an erasure is one script.
 * The clock is the caller's, as in every engine, not Redis's: workers keep theirs by NTP, and a lease
 * is longer than they differ.
 */
export function redisStore(connection: RedisConnection, options: RedisOptions = {}): Store {
	const { now = Date.now } = options;
	const space = spaceOf(connection, now, prefixOf(options));
	return {
		...redisClaims(space),
		...redisEntries(space),
		...redisWindows(space),
		...redisParking(space),
		erase: async (subject) => {
			const hidden = hide(subject);
			const counts = numbers(await space.run(ERASE, [space.keyOf('subject', hidden)], [hidden]));
			const [claims = 0, entries = 0, windowItems = 0, parked = 0] = counts;
			return { claims, entries, windowItems, parked };
		},
		close: connection.close,
	};
}

function prefixOf({ prefix = 'lead-handoff', region = 'main' }: RedisOptions): string {
	if (/^[^{}\s]+$/.test(prefix) && /^[^{}\s]+$/.test(region)) return `${prefix}:{${region}}:`;
	throw new PipelineError(
		'CONFIG_INVALID',
		`The key prefix "${prefix}" or the region "${region}" is empty, or has a brace or a space in it`,
	);
}
