import type { IDataObject } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Claim } from '../../lib/runtime/store/port';
import type { Outcome } from '../shared/each-item';
import type { Asked } from './claim';

/** What the workflow is told of a claim. */
export function describeClaim(
	{ key, scope, request }: Asked,
	answer: Claim | undefined,
): Outcome | Error {
	switch (answer?.state) {
		case 'new': {
			const { token, leaseUntil, takeovers } = answer;
			const dedupe = {
				outcome: 'new',
				key,
				scope,
				token,
				leaseUntil: iso(leaseUntil),
				rememberUntil: iso(request.expiresAt),
				takeovers,
			};
			const note =
				takeovers > 0 ? `new: taken over, its ${takeovers} earlier holders never finished` : 'new';
			return { output: 0, add: { dedupe }, note };
		}
		case 'done': {
			const { claimedAt, completedAt, result } = answer;
			const dedupe = {
				outcome: 'duplicate',
				key,
				firstSeenAt: iso(claimedAt),
				completedAt: iso(completedAt),
				...(result !== undefined && { firstResult: JSON.parse(result) as IDataObject }),
			};
			return { output: 1, add: { dedupe }, note: `a repeat; done at ${iso(completedAt)}` };
		}
		case 'in-progress': {
			const { claimedAt, leaseUntil, holder } = answer;
			const dedupe = {
				outcome: 'in-progress',
				key,
				firstSeenAt: iso(claimedAt),
				leaseUntil: iso(leaseUntil),
				...(holder && { executionId: holder }),
			};
			return { output: 2, add: { dedupe }, note: 'a repeat; the first is still being worked on' };
		}
		default:
			return new PipelineError('INTERNAL', 'The store gave no answer for this claim');
	}
}

const iso = (ms: number) => new Date(ms).toISOString();
