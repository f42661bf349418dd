import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parseDomain } from '../../lib/domain/email';
import { knownFields } from '../../lib/domain/enrichment-known';
import { withFacts } from '../../lib/domain/enrichment-fields';
import { PipelineError } from '../../lib/domain/errors';
import { Lead, LEAD_SCHEMA_VERSION } from '../../lib/domain/lead';
import { maskValue } from '../../lib/domain/mask';
import { companyOnly } from '../../lib/vendors/lookups/company-only';
import { enrich, noteOf } from '../../lib/vendors/waterfall';
import type { LeadItem, Outcome } from '../shared/each-item';
import { readLead } from '../shared/read-lead';
import { failsThen } from './enrich-lead';
import { readOrder } from './read-order';
import { opener, type World } from './world';

const OUTPUT = { enriched: 0, partial: 1, skipped: 1, unmatched: 2 } as const;

/** Fills what is missing of a company: of the item's lead, and under `company`. Nothing of the person is sent. */
export async function enrichCompany(
	node: IExecuteFunctions,
	{ json, index, correlationId }: LeadItem,
	world: World,
): Promise<Outcome> {
	const order = readOrder(node, index, 'companyWanted');
	const lead = json['lead'] === undefined ? undefined : readLead(json);
	const asked = nobodyAt(readCompany(node, { index, lead }), node, world.now());
	const steps = order.steps.map((step) => ({ ...step, provider: companyOnly(step.provider) }));
	const known = knownFields(json['enrichment']);
	const open = opener(node, correlationId);
	const result = await enrich(asked, { ...order, steps, known }, { ...world, open });
	if (result.failure && failsThen(node, index)) throw result.failure;
	const { company } = withFacts(asked, result.facts);
	const kept = json['lead'] as Lead | undefined;
	return {
		output: OUTPUT[result.enrichment.status],
		add: {
			company: company as unknown as IDataObject,
			enrichment: result.enrichment as unknown as IDataObject,
			...(kept && {
				lead: { ...kept, company: { ...kept.company, ...company } } as unknown as IDataObject,
			}),
		},
		note: noteOf(result.enrichment),
	};
}

/** What the panel says of the company, with what the lead knows already. */
function readCompany(
	node: IExecuteFunctions,
	{ index, lead }: { readonly index: number; readonly lead: Lead | undefined },
): Lead['company'] {
	const text = (name: string) => String(node.getNodeParameter(name, index, '') ?? '').trim();
	const site = text('companyDomain');
	const domain = site ? parseDomain(site) : undefined;
	if (site && !domain) {
		throw new PipelineError(
			'INVALID_INPUT',
			`'Company Domain' is ${maskValue(site)}: use a domain or a website`,
		);
	}
	const name = text('companyName');
	if (!domain && !name) {
		throw new PipelineError(
			'INVALID_INPUT',
			"'Company Domain' and 'Company Name' are empty: one is needed",
		);
	}
	const ours = !domain || !lead?.company.domain || lead.company.domain === domain;
	return {
		...(ours && lead?.company),
		...(domain && { domain }),
		...(name && { name }),
	};
}

/** The engine asks about leads: one without a person. */
function nobodyAt(company: Lead['company'], node: IExecuteFunctions, now: number): Lead {
	const at = new Date(now).toISOString();
	return Lead.parse({
		schemaVersion: LEAD_SCHEMA_VERSION,
		identity: {},
		person: {},
		company,
		attribution: {},
		consent: {},
		activities: [],
		custom: {},
		source: { system: node.getNode().name, event: 'company_asked', occurredAt: at, receivedAt: at },
	});
}
