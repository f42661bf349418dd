import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isPipelineError } from '../../lib/domain/errors';
import { publicUrl } from '../../lib/domain/public-url';
import { openCountStore, openRedis } from '../shared/store';
import { textOf, triggerDesk } from '../shared/webhook/context';
import { openGate } from '../shared/webhook/gate';
import { readGuards } from './guards';

/** Refuses to publish what could never let anybody in, or would let in everybody. */
export async function checkSettings(node: IHookFunctions): Promise<void> {
	const desk = triggerDesk(node);
	try {
		await openGate(desk);
		await openCountStore(node);
		if (readGuards(desk).maxQueue > 0) await openRedis(node);
		const own = node.getNodeWebhookUrl('default') ?? '';
		publicUrl({ own, corrected: textOf(desk, 'options.publicUrl'), target: '' });
	} catch (error) {
		if (!isPipelineError(error)) throw new NodeOperationError(node.getNode(), error as Error);
		throw new NodeOperationError(node.getNode(), error.message, {
			description: error.help,
			failure: { cause: 'configuration-invalid' },
		});
	}
}
