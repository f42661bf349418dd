import { costOf, FREE } from '../../domain/enrichment-cost';
import { FIELD_PATHS } from '../../domain/enrichment-fields';
import type { Lookup } from '../enrichment/port';
import { companyKey, companyOf, keptAs } from '../lookup-cache/key';
import type { Kept } from '../lookup-cache/kept';
import { fillsOf, isCompany, priceOf, type Leg } from './legs';
import type { Answer } from './step-end';
import type { Task } from './task';

type Got = Kept & { readonly cached: boolean };

/** The company that came along with a person is kept for the next lead of it. */
export function shareCompany({ step, lead, world }: Task, leg: Leg, { lookup, at, cached }: Got) {
	const key = step.provider.company && companyKey(keptAs(step.provider), companyOf(lead));
	if (!key || cached || leg.part !== 'person' || lookup.kind !== 'found') return;
	const { fields, confidence, apiVersion } = lookup;
	const same = fields['company.domain'] && fields['company.domain'] === lead.company.domain;
	const wanted = FIELD_PATHS.filter((path) => isCompany(path) && fields[path] !== undefined);
	if (!same || world.cache.peek(key, { wanted: [] })) return;
	const shared: Lookup = {
		kind: 'found',
		credits: 0,
		fields: Object.fromEntries(wanted.map((path) => [path, fields[path]])),
		...(confidence !== undefined && { confidence }),
		...(apiVersion && { apiVersion }),
	};
	world.cache.keep(key, { lookup: shared, at, wanted }, undefined);
}

/** What the merge and the report need of a provider's answer. */
export function answerOf(task: Task, leg: Leg, { lookup, at, cached }: Got): Answer {
	const { step, rank, order } = task;
	const { provider } = step;
	const { currencyPerCredit } = priceOf(step);
	const may = fillsOf(step);
	const { kind, credits, apiVersion, unanswered = [] } = lookup;
	const found = lookup.kind === 'found' ? lookup : undefined;
	return {
		kind,
		provider: provider.id,
		at: new Date(at).toISOString(),
		facts: found?.fields ?? {},
		allowed: order.onlyWanted ? may.filter((path) => order.wanted.includes(path)) : may,
		// The company's own record knows it better than the person's does.
		rank: rank + (leg.part === 'company' ? 0 : 0.5),
		cost: cached ? FREE : costOf(credits, currencyPerCredit),
		cached,
		unanswered,
		...(apiVersion && { apiVersion }),
		...(found?.confidence !== undefined && { confidence: found.confidence }),
		...(found?.fieldConfidence && { fieldConfidence: found.fieldConfidence }),
		...(found?.employer && { employer: found.employer }),
	};
}
