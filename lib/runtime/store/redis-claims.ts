import { randomUUID } from 'node:crypto';
import { PipelineError } from '../../domain/errors';
import type { Claim, ClaimRequest, Claims, Held } from './port';
import { hide, inChunks, list, truths, whole, type RedisSpace } from './redis-space';
import type { RedisArgument } from './redis-connection';
import { CLAIM, COMPLETE, RELEASE, RENEW } from './redis-claim-scripts';
import { GRACE_MS, type Script } from './redis-script';

export function redisClaims({ run, keyOf, now }: RedisSpace): Claims {
	const keysOf = (items: readonly { readonly key: string }[]) =>
		items.map(({ key }) => keyOf('claim', key));

	const claimChunk = async (requests: readonly ClaimRequest[]): Promise<Claim[]> => {
		const asked = requests.map((request) => ({ ...request, token: randomUUID() }));
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
	};
}

const ROW = /^[^|]*\|(\d+)\|(\d+)\|\d+\|\d+\|(\d*)\|[^|]*\|(.*)$/s;

/** A number of takeovers, or the row of whoever has it. */
function claimOf(
	{ token, leaseUntil }: { readonly token: string; readonly leaseUntil: number },
	answer: unknown,
): Claim {
	if (typeof answer === 'number') return { state: 'new', token, leaseUntil, takeovers: answer };
	const row = typeof answer === 'string' ? ROW.exec(answer) : null;
	if (!row) throw new PipelineError('INTERNAL', 'Redis gave an answer that is no claim');
	const [, claimedAt, heldUntil, completedAt, result] = row;
	return completedAt
		? {
				state: 'done',
				claimedAt: Number(claimedAt),
				completedAt: Number(completedAt),
				result,
			}
		: { state: 'in-progress', claimedAt: Number(claimedAt), leaseUntil: Number(heldUntil) };
}
