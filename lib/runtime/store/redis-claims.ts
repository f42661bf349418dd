import { randomUUID } from 'node:crypto';
import { PipelineError } from '../../domain/errors';
import type { Claim, ClaimRequest, Claims, Held } from './port';
import { hide, inChunks, list, numbers, truths, whole, type RedisSpace } from './redis-space';
import type { RedisArgument } from './redis-connection';
import { CLAIM, COMPLETE, RELEASE, RELEASE_ALL, RENEW } from './redis-claim-scripts';
import { GRACE_MS, type Script } from './redis-script';

export function redisClaims({ run, keyOf, now }: RedisSpace): Claims {
	const keysOf = (items: readonly { readonly key: string }[]) =>
		items.map(({ key }) => keyOf('claim', key));

	const claimChunk = async (requests: readonly ClaimRequest[]): Promise<Claim[]> => {
		const asked = requests.map((request) => ({ ...request, token: tokenFor(request) }));
		const args = asked.flatMap(({ token, leaseUntil, expiresAt, subject }) => {
			const hidden = hide(subject);
			const row = `${token}|${whole(now())}|${whole(leaseUntil)}|${whole(expiresAt)}|0||${hidden}|`;
			return [row, Math.max(0, whole(expiresAt - now())) + GRACE_MS, hidden];
		});
		const answers = list(await run(CLAIM, keysOf(requests), args));
		return asked.map((request, index) => claimOf(request, answers[index]));
	};

	const changeEach = <Item extends Held>(
		script: Script,
		items: readonly Item[],
		argsOf: (item: Item) => RedisArgument[],
	) =>
		inChunks(items, async (chunk) =>
			truths(await run(script, keysOf(chunk), chunk.flatMap(argsOf))),
		);

	return {
		claim: (requests) => inChunks(requests, claimChunk),
		renew: (leases) =>
			changeEach(RENEW, leases, ({ token, leaseUntil }) => [token, whole(leaseUntil)]),
		complete: (results) =>
			changeEach(COMPLETE, results, ({ token, expiresAt, result }) => [
				token,
				whole(expiresAt),
				result,
			]),
		release: (held) => changeEach(RELEASE, held, ({ token }) => [token]),
		releaseAll: (holders) =>
			inChunks(holders, async (chunk) => {
				const names = chunk.map(encodeURIComponent);
				const lists = names.map((name) => keyOf('holder', name));
				return numbers(await run(RELEASE_ALL, lists, names));
			}),
	};
}

/** The token carries its holder, so that the row need not. */
const tokenFor = ({ holder }: ClaimRequest) =>
	holder === undefined ? randomUUID() : `${randomUUID()}@${encodeURIComponent(holder)}`;

const ROW = /^[^|@]*(?:@([^|]*))?\|(\d+)\|(\d+)\|\d+\|\d+\|(\d*)\|[^|]*\|(.*)$/s;

/** A number of takeovers, or the row of whoever has it. */
function claimOf(
	{ token, leaseUntil }: { readonly token: string; readonly leaseUntil: number },
	answer: unknown,
): Claim {
	if (typeof answer === 'number') return { state: 'new', token, leaseUntil, takeovers: answer };
	const row = typeof answer === 'string' ? ROW.exec(answer) : null;
	if (!row) throw new PipelineError('INTERNAL', 'Redis gave an answer that is no claim');
	const [, holder, claimedAt, heldUntil, completedAt, result] = row;
	return completedAt
		? {
				state: 'done',
				claimedAt: Number(claimedAt),
				completedAt: Number(completedAt),
				result,
			}
		: {
				state: 'in-progress',
				claimedAt: Number(claimedAt),
				leaseUntil: Number(heldUntil),
				holder: holder === undefined ? undefined : decodeURIComponent(holder),
			};
}
