import { readTemplate } from '../../sandbox/templates';
import { lead } from '../leads';
import { runChain } from './chain';
import { openHost, type TestHost } from './world';

/** n8n's own node meets the same simulators at the same addresses, so the two can be compared. */
describe("beside n8n's own HubSpot node", () => {
	const leads = Array.from({ length: 5 }, (_, n) => {
		const email = `person${n}@northwind-analytics.com`;
		return {
			lead: lead({ identity: { email }, person: { firstName: 'Ada', lastName: `No. ${n}` } }),
		};
	});
	const credentials = { hubspotAppToken: { id: null, name: 'HubSpot' } };
	const theirs = {
		name: 'HubSpot',
		type: 'n8n-nodes-base.hubspot',
		typeVersion: 2.1,
		credentials,
		parameters: {
			authentication: 'appToken',
			resource: 'contact',
			operation: 'upsert',
			email: '={{ $json.lead.identity.email }}',
			additionalFields: {
				firstName: '={{ $json.lead.person.firstName }}',
				lastName: '={{ $json.lead.person.lastName }}',
			},
			options: { resolveData: false },
		},
	};
	const ours = readTemplate('01-lead-to-meeting').nodes.find(
		({ name }) => name === 'CRM Upsert (Not Yet)',
	);

	let host: TestHost;
	beforeAll(async () => {
		host = await openHost();
	});

	async function callsOf(node: unknown) {
		host.world.reset();
		const run = await runChain(host, leads, [node as NonNullable<typeof ours>]);
		expect({ status: run.status, error: run.error }).toEqual({
			status: 'success',
			error: undefined,
		});
		return host.world
			.calls({ vendor: 'hubspot' })
			.map(({ method, path, status }) => `${method} ${path} ${status}`);
	}

	it('writes five contacts in a batch where that one makes a call for each', async () => {
		const single = await callsOf(theirs);
		expect(
			single.filter((call) => call.includes('/contacts/v1/contact/createOrUpdate/email/')),
		).toHaveLength(5);
		expect(single.every((call) => call.endsWith(' 200'))).toBe(true);

		const batched = await callsOf({ ...ours, parameters: { system: 'hubspot' } });
		expect(batched.filter((call) => call.includes('batch/upsert'))).toHaveLength(1);
		expect(batched.length).toBeLessThanOrEqual(3);
		console.log(
			`five contacts: ${single.length} calls of n8n's own node, ${batched.length} of ours`,
		);
	});
});
