import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { HttpRequest } from '../../lib/runtime/http';
import { CrmUpsert } from '../../nodes/CrmUpsert/CrmUpsert.node';
import { FakeHubSpot } from '../vendors/crm/fake-hubspot';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'crm-upsert-'));

export const DUE = '2026-11-21T15:30:00.000Z';
let accounts = 0;

/** n8n, as far as a node sees it: parameters may be functions of the item, as expressions are. */
export function n8n(leads: IDataObject[], parameters: IDataObject, fake = new FakeHubSpot()) {
	const node = {
		name: 'CRM Upsert',
		type: 'n8n-nodes-lead-handoff.crmUpsert',
		// An account of its own, so that nothing is remembered from another test.
		credentials: { hubspotAppToken: { id: `account-${(accounts += 1)}`, name: 'HubSpot' } },
	};
	const values: IDataObject = { 'additionalProperties.value': null, ...parameters };
	const context = {
		getNode: () => node,
		getInputData: () => leads.map((json) => ({ json })),
		continueOnFail: () => true,
		getNodeParameter: (name: string, index: number, fallback: unknown) => {
			const value = name in values ? values[name] : fallback;
			return typeof value === 'function' ? value(leads[index]) : value;
		},
		helpers: {
			async httpRequestWithAuthentication(
				type: string,
				{ method, url, qs, body }: IHttpRequestOptions,
			) {
				expect(type).toBe('hubspotAppToken');
				const answer = fake.answer({
					method: method as 'GET',
					url,
					query: qs as NonNullable<HttpRequest['query']>,
					body,
				});
				return { statusCode: answer.status, headers: answer.headers, body: answer.body };
			},
		},
	};
	const again = async () =>
		(await new CrmUpsert().execute.call(context as unknown as IExecuteFunctions)) as [
			INodeExecutionData[],
			INodeExecutionData[],
		];
	return { fake, context, again };
}

export async function run(leads: IDataObject[], parameters: IDataObject = {}, fake?: FakeHubSpot) {
	const host = n8n(leads, parameters, fake);
	const [written, failed] = await host.again();
	return { ...host, written, failed };
}

export const lead = (n = 1, changes: IDataObject = {}): IDataObject => ({
	lead: {
		schemaVersion: 1,
		identity: { email: `p${n}@example.com`, phone: '+4915112345678' },
		person: { firstName: 'Maria', lastName: 'Keller', title: 'CTO', country: 'DE' },
		company: { name: 'Example', domain: 'example.com' },
		attribution: {},
		consent: {},
		activities: [],
		custom: {},
		source: {
			system: 'form',
			event: 'webform_submitted',
			eventId: `evt-${n}`,
			occurredAt: '2026-11-21T09:00:00Z',
			receivedAt: '2026-11-21T09:00:01Z',
		},
		...changes,
	},
	score: { value: 80 },
});
export const withTask = {
	createTask: true,
	ownerId: '9',
	taskSubject: 'Call',
	taskBody: 'now',
	taskDueAt: DUE,
	taskKey: (json: IDataObject) => (json['lead'] as { source: IDataObject }).source['eventId'],
} as unknown as IDataObject;
export const crmOf = (item?: INodeExecutionData) => item?.json['crm'] as IDataObject;
