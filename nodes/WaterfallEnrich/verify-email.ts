import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseEmail } from '../../lib/domain/email';
import { enrichmentBar } from '../../lib/domain/enrichment';
import { PipelineError } from '../../lib/domain/errors';
import type { Lead } from '../../lib/domain/lead';
import { maskValue } from '../../lib/domain/mask';
import { verifyEmail as verify } from '../../lib/vendors/lookups/verify-email';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { failsThen } from './enrich-lead';
import { readBudgetMs, readBudgets } from './read-order';
import { readSteps } from './read-steps';
import { opener, type World } from './world';

const OUTPUT = { valid: 0, risky: 1, invalid: 2 } as const;
const BUDGET_S = 20;
const STEP_MS = 15_000;

/** Asks whether a message to an address would arrive. Nobody sure: Risky. */
export async function verifyEmail(
	node: IExecuteFunctions,
	{ json, index, correlationId }: LeadItem,
	world: World,
): Promise<Outcome> {
	const { email, lead } = readAddress(node, { json, index });
	const bar = lead && enrichmentBar(lead, { personalAddresses: true });
	const order = {
		steps: readSteps(node, index, { timeoutMs: STEP_MS }).map((step) =>
			bar ? { ...step, skip: bar } : step,
		),
		budgetMs: readBudgetMs(node, index, BUDGET_S),
		budgets: readBudgets(node, index),
	};
	const { verification, failure } = await verify(email, order, {
		...world,
		open: opener(node, correlationId),
	});
	if (failure && failsThen(node, index)) throw failure;
	const { verdict, status, provider } = verification;
	const kept = json['lead'] as Lead | undefined;
	// The status of another address says nothing of the lead's own.
	const own = provider && kept?.identity.email === email && status !== 'unknown';
	const identity = { ...kept?.identity, emailStatus: status };
	return {
		output: OUTPUT[verdict],
		add: {
			emailVerification: verification as unknown as IDataObject,
			...(own && { lead: { ...kept, identity } as unknown as IDataObject }),
		},
		note: provider ? `${status}, says ${provider}` : 'not verified by anybody',
	};
}

function readAddress(
	node: IExecuteFunctions,
	{ json, index }: { readonly json: IDataObject; readonly index: number },
) {
	const given = node.getNodeParameter('email', index, '');
	const parsed = parseEmail(String(given ?? ''));
	const lead = json['lead'] === undefined ? undefined : readLead(json);
	if (parsed) return { email: parsed.email, lead };
	throw new PipelineError(
		'INVALID_INPUT',
		given ? `'Email' is ${maskValue(given)}: not an address` : "'Email' is empty for this item",
	);
}
