import type { IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { LeadItem, Outcome } from '../shared/each-item';
import { openStore } from '../shared/store';

/** Gives back what an execution that broke has claimed and not completed. */
export async function releaseExecution(
	node: IExecuteFunctions,
	leads: readonly LeadItem[],
): Promise<Array<Outcome | Error>> {
	const ids = leads.map(({ index }) =>
		String(node.getNodeParameter('executionId', index) ?? '').trim(),
	);
	const store = await openStore(node);
	const counts = (await store.releaseAll(ids.filter(Boolean))).values();
	return ids.map((executionId) => {
		if (executionId === '') return new PipelineError('INVALID_INPUT', EMPTY);
		const released = counts.next().value ?? 0;
		const dedupe = { outcome: 'released', executionId, released };
		return { output: 0, add: { dedupe }, note: `${released} claims may be tried again` };
	});
}

const EMPTY =
	"'Execution ID' is empty for this item. After an Error Trigger it is {{ $json.execution.id }}; n8n gives none to a run whose trigger failed";
