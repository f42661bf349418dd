import type { IExecuteFunctions } from 'n8n-workflow';
import type { Store } from '../../lib/runtime/store/port';
import { claimsBeat, keepAlive, whenExecutionEnds } from './at-end';
import type { Answered } from './claim';

/** What the node does by itself with the claims that it has made. */
export function keepUntilEnd(node: IExecuteFunctions, store: Store, { asked, answers }: Answered) {
	const mine = asked.flatMap(({ request: { key, expiresAt }, holdUntil }, index) => {
		const answer = answers[index];
		return answer?.state === 'new' ? [{ key, token: answer.token, expiresAt, holdUntil }] : [];
	});
	const [first] = mine;
	if (!first) return;
	const held = mine.map(({ key, token }) => ({ key, token }));
	if (node.getNodeParameter('options.heartbeat', 0, false)) {
		const longest = mine.reduce((last, { holdUntil }) => Math.max(last, holdUntil), 0);
		keepAlive(node, claimsBeat(store, held, longest));
	}
	const atEnd = node.getNodeParameter('options.atEnd', 0, 'nothing');
	if (atEnd === 'nothing') return;
	if (!node.onExecutionFinish) {
		node.logger.warn(
			`${node.getNode().name}: this n8n does not tell a node when the execution ends. Use Complete and Release`,
		);
		return;
	}
	whenExecutionEnds(node, async (failed) => {
		// What the workflow itself has completed or released by then stays so.
		if (atEnd === 'release' || failed) await store.release(held);
		else if (failed === false) {
			const result = JSON.stringify({ executionId: node.getExecutionId() });
			await store.complete(mine.map(({ holdUntil: _, ...one }) => ({ ...one, result })));
		}
	});
}
