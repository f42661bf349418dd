import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failedItem, toNodeError } from '../shared/failure';
import { openStore } from '../shared/store';
import { readCounts, type DayCounts } from './counters';

/** One item for each source of each day, newest first; made once, however many items come in. */
export async function counts(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const pairedItem = node.getInputData().map((_, item) => ({ item }));
	try {
		const days = Math.min(120, Math.max(1, Number(node.getNodeParameter('days', 0, 7))));
		const rows = await readCounts(await openStore(node), days, Date.now());
		return [rows.map((row) => ({ json: describe(row), pairedItem }))];
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node, error, 0);
		const item = node.getInputData()[0] ?? { json: {} };
		return [[failedItem(node, error, { item, index: 0, stage: 'counted' })]];
	}
}

function describe(row: DayCounts): IDataObject {
	const { day, source, new: fresh, duplicate, 'in-progress': inProgress, late, merged } = row;
	const corrected = row['merge-corrected'];
	const received = fresh + duplicate + inProgress;
	return {
		day,
		source,
		received,
		new: fresh,
		duplicate,
		inProgress,
		duplicateRate: rate(duplicate + inProgress, received),
		late,
		merged,
		mergeCorrected: corrected,
		mergeCorrectionRate: rate(corrected, merged),
	};
}

const rate = (part: number, whole: number) =>
	whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
