import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Execution } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { lead } from '../leads';
import { runChain } from './chain';
import { leftBehindBy } from './left-behind';
import { openMemory } from './memory';
import { ended } from './pipeline';
import { openHost, type TestHost } from './world';

const DANA = 'dana.whitfield@northwind-analytics.com';
const TOM = 'tom.okafor@harborline-logistics.com';
const NOBODY = 'ines@quietharbor-ceramics.com';

/** As the CRM has them: an address and a name. */
const bare = (email: string, firstName: string, lastName: string) => {
	const known = lead({ identity: { email } });
	const domain = email.split('@')[1] ?? '';
	return { lead: { ...known, person: { firstName, lastName }, company: { domain } } };
};

const Delivered = z.looseObject({ body: z.looseObject({ id: z.string() }) });

/** What FullEnrich posted, in the run that it set off. */
function deliveredIn(runs: readonly Execution[]): unknown {
	const [output] = runs.flatMap(
		({ data }) => data.resultData.runData['FullEnrich Calls Back'] ?? [],
	);
	const [item] = output?.data?.['main']?.[0] ?? [];
	return Delivered.parse(z.object({ json: z.unknown() }).parse(item).json).body;
}

const UnmatchedRow = z.looseObject({ crm_id: z.string(), lookup_key: z.string() });

describe('the templates of enrichment', () => {
	let host: TestHost;
	beforeAll(async () => {
		host = await openHost();
	});
	beforeEach(() => {
		host.world.reset();
		openMemory(host.userFolder).forget();
	});

	const contact = (email: string) => leftBehindBy(host.world, email).contacts[0];

	describe('background enrichment', () => {
		let workflowId: string;
		let callbackUrl: string;

		beforeAll(async () => {
			const imported = await host.importTemplate('03-background-enrichment');
			({ workflowId } = imported);
			callbackUrl = imported.webhookUrl ?? '';
		});

		const handOver = {
			name: 'Hand Over',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			get parameters() {
				return {
					workflowId: { __rl: true, mode: 'id', value: workflowId },
					mode: 'once',
					options: { waitForSubWorkflow: true },
				};
			},
		};

		it('gives the lead to FullEnrich, which calls back, and the CRM has what it found', async () => {
			const started = await runChain(host, [bare(DANA, 'Dana', 'Whitfield')], [handOver]);
			expect([started.status, started.error]).toEqual(['success', undefined]);
			const pending = z.looseObject({
				lookupJob: z.object({ state: z.string(), jobId: z.string() }),
			});
			const { lookupJob } = pending.parse(started.outputs('Hand Over')[0]?.[0]?.json);
			expect(lookupJob.state).toBe('pending');

			for (let tries = 0; !contact(DANA) && tries < 240; tries += 1) await sleep(500);
			expect(contact(DANA)?.properties).toMatchObject({
				phone: '+16175550142',
				enrichment_status: 'partial',
			});

			// The very same once more, signed as the first one was.
			const runs = await ended(host, { workflowId, after: '0', count: 2 });
			const before = host.world.calls({ vendor: 'hubspot' }).length;
			const body = JSON.stringify(deliveredIn(runs));
			const send = async (key: string) =>
				await fetch(callbackUrl, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						'x-signature-sha1': createHmac('sha1', key).update(body).digest('hex'),
					},
					body,
				});
			expect((await send('another key')).status).toBe(401);
			expect((await send(secrets.fullenrichKey)).status).toBe(200);
			await ended(host, { workflowId, after: '0', count: 3 });
			expect(host.world.calls({ vendor: 'hubspot' })).toHaveLength(before);
		}, 180_000);
	});

	describe('filling gaps', () => {
		const seed = {
			name: 'Seed',
			type: 'n8n-nodes-lead-handoff.crmUpsert',
			typeVersion: 1,
			parameters: { system: 'hubspot', authentication: 'hubspotAppToken', options: {} },
			credentials: { hubspotAppToken: { id: null, name: 'HubSpot' } },
		};

		it('asks the providers for what contacts lack, writes it back, and keeps whom nobody knows', async () => {
			const { workflowId } = await host.importTemplate('04-fill-gaps');
			const seeded = await runChain(
				host,
				[
					bare(DANA, 'Dana', 'Whitfield'),
					bare(TOM, 'Tom', 'Okafor'),
					bare(NOBODY, 'Ulla', 'Brandt'),
				],
				[seed],
			);
			expect([seeded.status, seeded.error]).toEqual(['success', undefined]);
			expect(contact(DANA)?.properties['jobtitle'] ?? '').toBe('');

			const night = async () => {
				const id = await host.rest.runWorkflow(workflowId, 'At Night');
				const run = await host.rest.waitForExecution({ id });
				expect([run.status, run.data.resultData.error?.message]).toEqual(['success', undefined]);
			};
			await night();
			expect(contact(DANA)?.properties).toMatchObject({
				jobtitle: 'Director of Revenue Operations',
				enrichment_status: 'enriched',
			});
			expect(contact(TOM)?.properties).toMatchObject({ jobtitle: 'VP Sales' });
			expect(contact(NOBODY)?.properties).toMatchObject({ enrichment_status: 'unmatched' });
			const rows = z.array(UnmatchedRow).parse(await host.rest.dataTableRows('unmatched_records'));
			expect(rows.filter(({ lookup_key }) => lookup_key === NOBODY)).toMatchObject([
				{ crm_id: contact(NOBODY)?.id },
			]);

			// Whoever has a status is not paid for again.
			const asked = () => host.world.calls({ vendor: 'apollo' }).length;
			const before = asked();
			await night();
			expect(asked()).toBe(before);
		}, 120_000);
	});
});
