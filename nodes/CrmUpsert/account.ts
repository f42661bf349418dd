import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { crm } from '../../lib/vendors/crm';
import type { Crm, CrmProperty, CrmVendor } from '../../lib/vendors/crm/port';
import { openHttp } from '../shared/transport';
import { remember } from './remember';

const DEFINITIONS_MS = 5 * 60_000;
const URLS_MS = 60 * 60_000;

/** One CRM account, opened, with what is worth remembering about it between executions. */
export interface Account {
	readonly vendor: CrmVendor;
	readonly crm: Crm;
	readonly apiVersion: string;
	/** Tells this account's tasks from another's in a shared store. */
	readonly key: string;
	/** `fresh` asks again where the definitions are remembered. */
	definitions(fresh?: boolean): Promise<CrmProperty[]>;
	/** Undefined when the CRM does not say: a missing link is no reason to fail a lead. */
	recordUrl(): Promise<((recordId: string) => string) | undefined>;
}

/** The account that the node points at; the same for all items of a run. Throws `CONFIG_INVALID`. */
export function openCrm(
	node: IExecuteFunctions | ILoadOptionsFunctions,
	correlationId?: string,
): Account {
	const read = reader(node);
	const vendor = vendorOf(String(read('system', 'hubspot')));
	const type = String(read('authentication', vendor.credentials[0]?.type ?? ''));
	const credential = vendor.credentials.find((entry) => entry.type === type);
	if (!credential) {
		throw new PipelineError('CONFIG_INVALID', `${vendor.title} has no credential type '${type}'`);
	}
	const options = read('options', {}) as IDataObject;
	const apiVersion = String(options['apiVersion'] || vendor.apiVersions[0]);
	const http = openHttp(node, {
		vendor: vendor.id,
		title: vendor.title,
		credential: type,
		oauth2: credential.oauth2,
		timeoutMs: Number(options['timeout'] ?? 15) * 1000,
		correlationId,
	});
	const opened = vendor.open(http, { apiVersion });
	const { id, name } = node.getNode().credentials?.[type] ?? {};
	const key = `${vendor.id}:${id ?? name ?? type}`;
	return {
		vendor,
		crm: opened,
		apiVersion,
		key,
		definitions: async (fresh = false) =>
			await definitions.get(key, fresh ? 0 : DEFINITIONS_MS, async () => await opened.properties()),
		recordUrl: async () =>
			await urls.get(key, URLS_MS, async () => await opened.recordUrls().catch(() => undefined)),
	};
}

const definitions = remember<CrmProperty[]>();
const urls = remember<((recordId: string) => string) | undefined>();

/** The editor has no items; an execution reads what concerns the whole run from the first. */
function reader(node: IExecuteFunctions | ILoadOptionsFunctions) {
	return (name: string, fallback: IDataObject | string): unknown =>
		'getInputData' in node
			? node.getNodeParameter(name, 0, fallback)
			: node.getNodeParameter(name, fallback);
}

function vendorOf(id: string): CrmVendor {
	const vendor = crm.find((entry) => entry.id === id);
	if (vendor) return vendor;
	throw new PipelineError(
		'CONFIG_INVALID',
		`There is no CRM '${id}'. Choose one of: ${crm.map((entry) => entry.id).join(', ')}`,
	);
}
