import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoCredentials } from '../../sandbox/demo-credentials';
import { ensureHost } from '../../sandbox/host/install';
import { installPackage } from '../../sandbox/host/install-package';
import { startN8n, type RunningN8n } from '../../sandbox/host/n8n';
import { packPackage } from '../../sandbox/host/pack';
import { n8nRest } from '../../sandbox/host/rest';
import { importTemplate, setUpCredentials } from '../../sandbox/set-up';
import { readTemplate } from '../../sandbox/templates';
import { leftBehind } from './left-behind';
import { openHost, type TestHost } from './world';

const log = (line: string) => console.error(line);
const TABLE = 'lead_handoff_dead_letters';
const DANA = 'dana.whitfield@northwind-analytics.com';

async function until(done: () => Promise<boolean> | boolean) {
	for (const giveUpAt = Date.now() + 60_000; !(await done()); await sleep(200)) {
		if (Date.now() > giveUpAt) throw new Error('it did not happen within a minute');
	}
}

describe('an n8n that is killed in the middle of a lead', () => {
	let shared: TestHost;
	let folder: string;
	let n8n: RunningN8n | undefined;

	beforeAll(async () => {
		shared = await openHost();
		shared.world.reset();
		folder = await mkdtemp(join(tmpdir(), 'lead-handoff-crash-'));
		await installPackage(folder, await packPackage({ log }));
	}, 60_000);

	afterAll(async () => {
		shared.world.clearFaults();
		await n8n?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it('keeps the lead: as a crashed execution, and in the dead letter as soon as n8n is back', async () => {
		const { world } = shared;
		const host = await ensureHost({ log });
		const start = async (port?: number) =>
			await startN8n({ host, userFolder: folder, ...world, log, ...(port && { port }) });
		const first = (n8n = await start());
		const before = n8nRest(first.url);
		await before.setupOwner();
		const credentials = await setUpCredentials(before, demoCredentials);
		const template = readTemplate('01-lead-to-meeting');
		const { id } = await importTemplate(before, template, { credentials, log });
		await before.activate(id);
		const url = await before.waitForWebhook('lead-handoff');

		world.setFault('hubspot', { kind: 'timeout', ms: 60_000 });
		const sent = await shared.sendLead(url, { persona: 'perfect', eventId: 'killed-1' });
		expect(sent.status).toBe(202);
		await until(() => world.calls({ vendor: 'apollo' }).length > 0);
		await sleep(1_000);
		process.kill(first.pid, 'SIGKILL');
		world.clearFaults();

		const second = (n8n = await start(first.port));
		const after = n8nRest(second.url);
		await after.login();
		const rows = async () =>
			(await after.dataTables()).some(({ name }) => name === TABLE)
				? await after.dataTableRows(TABLE)
				: [];
		await until(async () => (await rows()).length > 0);
		const [crashed] = await after.executions({ workflowId: id, status: 'crashed' });
		expect(await rows()).toMatchObject([
			{ code: 'INTERNAL', stage: 'Find In CRM', execution_id: crashed?.id },
		]);
		const { data } = await after.execution(String(crashed?.id));
		const kept = JSON.stringify(data.resultData.runData['Score']);
		expect(kept).toContain(DANA);

		// The event was given back as well: sent again, the lead is handed off, once.
		const again = async () =>
			await shared.sendLead(url, { persona: 'perfect', eventId: 'killed-1' });
		expect(await again()).toMatchObject({ status: 202, body: { status: 'accepted' } });
		await until(async () => (await again()).status === 200);
		const { contacts, meetings, tasks } = leftBehind(world);
		const ours = contacts.filter(({ properties }) => properties['email'] === DANA);
		expect([ours, meetings, tasks].map((found) => found.length)).toEqual([1, 1, 1]);
	}, 180_000);
});
