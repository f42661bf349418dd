import type { IDataObject, IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { Mapped } from '../../lib/domain/field-reader';
import { isRecord } from '../../lib/domain/form';
import { normalize, type NormalizeContext } from '../../lib/domain/normalize';
import { eachItem, type LeadItem } from '../shared/each-item';
import { fields } from './fields';

export class LeadNormalize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Normalize',
		name: 'leadNormalize',
		icon: { light: 'file:leadNormalize.svg', dark: 'file:leadNormalize.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'payload to canonical lead',
		description: 'Turn any form or CRM payload into one canonical lead',
		defaults: { name: 'Lead Normalize' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Lead', 'Invalid'],
		usableAsTool: true,
		properties: fields,
	};

	async execute(this: IExecuteFunctions) {
		return await eachItem(this, { stage: 'normalized', outputs: 2 }, async (lead) => {
			const result = normalize(payloadOf(this, lead.index), contextOf(this, lead));
			const problems = result.problems.map((problem) => ({ ...problem }));
			const unreadable = problems
				.map(({ field, value, reason }) => `'${field}' ${value} ${reason}`)
				.join('; ');
			if (!result.ok)
				return { output: 1, add: { normalization: { ok: false, problems } }, note: unreadable };
			const { source, shouldEnrichReason } = result.lead;
			const note = [`${source.event} from ${source.system}`, shouldEnrichReason, unreadable]
				.filter(Boolean)
				.join('; ');
			return { output: 0, add: { lead: result.lead as unknown as IDataObject }, note };
		});
	}
}

/** A JSON parameter is text when it was typed, and a value when it came from an expression. */
function payloadOf(node: IExecuteFunctions, index: number): unknown {
	const payload = node.getNodeParameter('payload', index);
	if (typeof payload !== 'string') return payload;
	try {
		return JSON.parse(payload) as unknown;
	} catch {
		return payload;
	}
}

function contextOf(node: IExecuteFunctions, { index, json }: LeadItem): NormalizeContext {
	const text = (name: string) => (node.getNodeParameter(name, index, '') as string).trim();
	const verification = isRecord(json['verification']) ? json['verification'] : {};
	const { receivedAt, eventId, timestamp } = verification;
	const rows = node.getNodeParameter('mapping.fields', index, []) as Array<{
		field: string;
		value: unknown;
	}>;
	const optional = {
		eventId,
		signedAt: timestamp,
		defaultCountry: text('defaultCountry').toUpperCase(),
		sourceSystem: text('options.sourceSystem'),
		event: text('options.event'),
	};
	return {
		...(Object.fromEntries(
			Object.entries(optional).filter(([, value]) => typeof value === 'string' && value !== ''),
		) as Partial<NormalizeContext>),
		receivedAt: typeof receivedAt === 'string' ? receivedAt : new Date().toISOString(),
		mapped: Object.fromEntries(rows.map(({ field, value }) => [field, value])) as Mapped,
		requires: node.getNodeParameter(
			'options.requires',
			index,
			'email',
		) as NormalizeContext['requires'],
		enrichPersonal: node.getNodeParameter('options.enrichPersonal', index, false) as boolean,
	};
}
