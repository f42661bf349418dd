import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { inNewJob } from '../../lib/domain/job-change';
import type { Lead } from '../../lib/domain/lead';
import { detectJobChange as detect } from '../../lib/vendors/lookups/detect-job-change';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { failsThen } from './enrich-lead';
import { readBudgetMs, readBudgets } from './read-order';
import { readSteps } from './read-steps';
import { readOptions } from './read-value';
import { opener, type World } from './world';

const OUTPUT = { same: 0, changed: 1, unknown: 2 } as const;
const BUDGET_S = 30;
const STEP_MS = 15_000;

/** Whether the person still works at the lead's company. The lead stays as it is, unless asked otherwise. */
export async function detectJobChange(
	node: IExecuteFunctions,
	{ json, index, correlationId }: LeadItem,
	world: World,
): Promise<Outcome> {
	const { personalAddresses = false, applyChange } = readOptions(node, index);
	const order = {
		steps: readSteps(node, index, { timeoutMs: STEP_MS }),
		wanted: [],
		budgetMs: readBudgetMs(node, index, BUDGET_S),
		budgets: readBudgets(node, index),
		onlyWanted: false,
		personalAddresses,
	};
	const open = opener(node, correlationId);
	const { jobChange, failure } = await detect(readLead(json), order, { ...world, open });
	if (failure && failsThen(node, index)) throw failure;
	const { verdict, reason, provider, to } = jobChange;
	const moved = applyChange && verdict === 'changed' && to;
	const lead = moved && (inNewJob(json['lead'] as Lead, to) as unknown as IDataObject);
	return {
		output: OUTPUT[verdict],
		add: { jobChange: jobChange as unknown as IDataObject, ...(lead && { lead }) },
		note: provider ? `${reason}, says ${provider}` : reason,
	};
}
