import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachBatch, type LeadItem } from '../shared/each-item';
import { openStore } from '../shared/store';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { openCrm } from './account';
import { fields } from './fields';
import { find } from './find';
import { handOver } from './hand-over';
import { getContactProperties, searchOwners } from './pick';

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = ({ operation }: IDataObject) =>
	operation === 'find'
		? [
				{ type: 'main', displayName: 'Found' },
				{ type: 'main', displayName: 'Not Found' },
			]
		: [
				{ type: 'main', displayName: 'Written' },
				{ type: 'main', displayName: 'Failed' },
			];

export class CrmUpsert implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Upsert',
		name: 'crmUpsert',
		icon: { light: 'file:crmUpsert.svg', dark: 'file:crmUpsert.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "find" ? "find contact" : $parameter["createTask"] ? "contact and task" : "contact" }}',
		description:
			'Write leads to the CRM in batches, changing only what differs, and give the owner a task',
		defaults: { name: 'CRM Upsert' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter)}}`,
		parameterPane: 'wide',
		credentials: [
			{
				name: 'hubspotAppToken',
				displayName: 'HubSpot Service Key',
				required: true,
				displayOptions: { show: { system: ['hubspot'], authentication: ['hubspotAppToken'] } },
			},
			{
				name: 'hubspotOAuth2Api',
				required: true,
				displayOptions: { show: { system: ['hubspot'], authentication: ['hubspotOAuth2Api'] } },
			},
			...storeCredentials({ createTask: [true] }),
		],
		hints: [
			{
				message: 'Nothing is mapped: only the email address will be written',
				type: 'warning',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ $parameter["operation"] !== "find" && !$parameter["standardFields"] && !Object.keys($parameter["additionalProperties"]?.value ?? {}).length }}',
			},
			{
				message: 'HubSpot stops supporting API version v3 in September 2027',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $parameter["options"]?.apiVersion === "v3" }}',
			},
			...queueModeHints(),
		],
		properties: [...fields, ...storeFields({ createTask: [true] })],
	};

	methods = {
		listSearch: { searchOwners },
		resourceMapping: { getContactProperties },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getNodeParameter('operation', 0, 'upsert') === 'find') {
			const lanes = { stage: 'crm-looked-up', outputs: 2 };
			return await eachBatch(
				this,
				lanes,
				async (leads) => await find(leads, openCrm(this, idFor(leads))),
			);
		}
		return await eachBatch(this, { stage: 'crm-written', outputs: 2 }, async (leads) => {
			if (leads.length === 0) return [];
			return await handOver(this, leads, {
				account: openCrm(this, idFor(leads)),
				store: () => openStore(this),
			});
		});
	}
}

/** One lead's calls carry its own id; a batch has none, and carries the execution's. */
const idFor = (leads: readonly LeadItem[]) =>
	leads.length === 1 ? leads[0]?.correlationId : undefined;
