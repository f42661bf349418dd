import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachBatch, eachItem, type LeadItem, type Outcomes } from '../shared/each-item';
import { queueModeHints, storeCredentials, storeFields } from '../shared/store-fields';
import { collect } from './collect';
import { detectJobChange } from './detect-job-change';
import { enrichCompany } from './enrich-company';
import { enrichLead } from './enrich-lead';
import { properties } from './fields';
import { findContacts } from './find-contacts';
import { credentials, hints } from './notices';
import { outputCount, outputs, type Operation } from './operations';
import { readOperation } from './read-value';
import { startLookup } from './start-lookup';
import { verifyEmail } from './verify-email';
import { openWorld, prepare, type World } from './world';

type Work = (node: IExecuteFunctions, item: LeadItem, world: World) => Promise<Outcomes>;

const WORK: Readonly<Record<Exclude<Operation, 'start'>, Work>> = {
	enrich: enrichLead,
	enrichCompany,
	verifyEmail,
	findContacts,
	detectJobChange,
	collect,
};

/** What the lead's timeline calls it. */
const STAGES: Readonly<Record<Operation, string>> = {
	enrich: 'enriched',
	enrichCompany: 'company-enriched',
	verifyEmail: 'email-verified',
	findContacts: 'contacts-found',
	detectJobChange: 'job-checked',
	start: 'lookup-started',
	collect: 'lookup-collected',
};

/** Enough for a bulk request; the limits of each account hold the calls back. */
const ITEMS_AT_ONCE = 20;

export class WaterfallEnrich implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Waterfall Enrich',
		name: 'waterfallEnrich',
		icon: { light: 'file:waterfallEnrich.svg', dark: 'file:waterfallEnrich.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle:
			'={{ $parameter["operation"] === "start" ? "start " + $parameter["laterProvider"] : $parameter["operation"] === "collect" ? "collect result" : ({ enrichCompany: "company: ", verifyEmail: "verify: ", findContacts: "contacts: ", detectJobChange: "job: " }[$parameter["operation"]] ?? "") + ($parameter.steps?.values ?? []).map((step) => step.provider === "customHttp" ? (step.name || "Custom API") : step.provider).join(" → ") }}',
		description:
			'Ask providers in turn for what a lead is missing, and never overwrite what is known',
		defaults: { name: 'Waterfall Enrich' },
		inputs: [NodeConnectionTypes.Main],
		outputs,
		usableAsTool: true,
		parameterPane: 'wide',
		credentials: [...credentials, ...storeCredentials()],
		hints: [...hints, ...queueModeHints()],
		properties: [...properties, ...storeFields()],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = readOperation(this);
		const world = openWorld(this);
		const lanes = {
			stage: STAGES[operation],
			outputs: outputCount(operation, this.getNode().typeVersion),
			concurrency: ITEMS_AT_ONCE,
		};
		try {
			if (operation === 'start') {
				return await eachBatch(this, lanes, async (items) => await startLookup(this, items, world));
			}
			await prepare(this, world);
			return await eachItem(this, lanes, async (item) => await WORK[operation](this, item, world));
		} finally {
			await world.flush();
		}
	}
}
