import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCredentials } from '../../sandbox/demo-credentials';
import { ensureHost } from '../../sandbox/host/install';
import { installPackage } from '../../sandbox/host/install-package';
import { startN8n, type RunningN8n } from '../../sandbox/host/n8n';
import { packPackage } from '../../sandbox/host/pack';
import { n8nRest } from '../../sandbox/host/rest';
import { importTemplate, setUpCredentials } from '../../sandbox/set-up';
import { readTemplate } from '../../sandbox/templates';
import { lead } from '../leads';
import { runChain } from './chain';
import { openHost, type TestHost } from './world';

const log = (line: string) => console.error(line);

describe('an instance whose operator has decided where calls may go', () => {
	let host: TestHost;
	let n8n: RunningN8n;
	let folder: string;

	beforeAll(async () => {
		const shared = await openHost();
		folder = await mkdtemp(join(tmpdir(), 'lead-handoff-egress-'));
		const n8nHost = await ensureHost({ log });
		await installPackage(folder, await packPackage({ log }));
		const env = {
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_BLOCKED_HOSTNAMES: 'api.apollo.io',
		};
		n8n = await startN8n({ host: n8nHost, userFolder: folder, env, ...shared.world, log });
		const rest = n8nRest(n8n.url);
		await rest.setupOwner();
		const credentials = await setUpCredentials(rest, demoCredentials);
		const importWorkflow: TestHost['importWorkflow'] = async (template) => {
			const { id } = await importTemplate(rest, template, { credentials, log });
			return { workflowId: id };
		};
		host = { ...shared, rest, importWorkflow };
		host.world.reset();
	}, 120_000);

	afterAll(async () => {
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	const nodeOf = (name: string) => {
		const node = readTemplate('01-lead-to-meeting').nodes.find((one) => one.name === name);
		if (!node) throw new Error(`the template has no node "${name}"`);
		return node;
	};
	const leads = [{ lead: lead({ identity: { email: 'tom.okafor@harborline-logistics.com' } }) }];

	it('keeps our nodes from what is forbidden, and says so', async () => {
		const run = await runChain(host, leads, [nodeOf('Waterfall Enrich')]);
		const item = run.outputs('Waterfall Enrich').flat()[0];
		expect(item?.json['enrichment']).toMatchObject({
			steps: [
				{
					provider: 'apollo',
					outcome: 'failed',
					code: 'CONFIG_INVALID',
					reason: 'This n8n instance does not allow calls to api.apollo.io',
				},
				{ provider: 'hunter' },
			],
		});
		expect(host.world.calls({ vendor: 'apollo' })).toHaveLength(0);
	});
});
