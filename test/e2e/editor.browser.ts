import { join } from 'node:path';
import packageJson from '../../package.json';
import { readTemplate, templateNames, templatesFolder, webhookPath } from '../../sandbox/templates';
import { openEditor, type Editor } from './browser/editor';
import { openBrowser, START_MS, type OpenBrowser } from './browser/open';
import { takePicture } from './browser/pictures';
import { openHost, type TestHost } from './world';

const TEMPLATE = '01-lead-to-meeting';
const STICKY = 'n8n-nodes-base.stickyNote';

const template = readTemplate(TEMPLATE);
const nodes = template.nodes.filter(({ type }) => type !== STICKY);
const ours = nodes.filter(({ type }) => type.startsWith(`${packageJson.name}.`));

const claimed = ['New', 'Duplicate', 'In Progress', 'Error'];
const crm = ['Written', 'Failed', 'Error'];

/** What a user has to find in the panel of each node, and on its right side. */
const panels: Readonly<Record<string, { labels: string[]; outputs: string[] }>> = {
	'Webhook Verifier': {
		labels: ['Operation', 'Sender'],
		outputs: ['Verified', 'Rejected', 'Challenge', 'Error'],
	},
	'Lead Normalize': {
		labels: ['Payload', 'Default Country'],
		outputs: ['Lead', 'Invalid', 'Error'],
	},
	Dedupe: { labels: ['Operation', 'Key'], outputs: claimed },
	'Waterfall Enrich': {
		labels: ['Providers', 'Fields Wanted', 'Steps'],
		outputs: ['Enriched', 'Partial', 'Unmatched', 'Background', 'Error'],
	},
	'Enrich The Rest': {
		labels: ['Profile', 'Providers', 'Steps'],
		outputs: ['Enriched', 'Partial', 'Unmatched', 'Background', 'Error'],
	},
	Score: { labels: ['Rules', 'Points', 'MQL Threshold'], outputs: ['MQL', 'Not Yet', 'Error'] },
	'Find In CRM': {
		labels: ['Operation', 'CRM', 'Options'],
		outputs: ['Found', 'Not Found', 'Error'],
	},
	Route: { labels: ['Owners', 'Pools'], outputs: ['Assigned', 'Fallback', 'Error'] },
	'CRM Upsert': { labels: ['CRM', 'Additional Properties', 'Owner'], outputs: crm },
	'Add What Came Later': { labels: ['CRM', 'Additional Properties'], outputs: crm },
	'CRM Upsert (Not Yet)': { labels: ['CRM', 'Additional Properties'], outputs: crm },
	'Schedule Meeting': {
		labels: ['Operation', 'Calendar', 'Meeting Key'],
		outputs: ['Booked', 'No Slot', 'Error'],
	},
	Complete: { labels: ['Operation', 'Result'], outputs: ['Success', 'Error'] },
	'Complete (Not Yet)': { labels: ['Operation', 'Result'], outputs: ['Success', 'Error'] },
	'Give The Event Back': { labels: ['Operation'], outputs: ['Released'] },
	'Give Back What It Held': { labels: ['Operation', 'Execution ID'], outputs: ['Released'] },
};

/** Those of our nodes that a lead with a meeting goes through. */
const journey = [
	'Webhook Verifier',
	'Lead Normalize',
	'Dedupe',
	'Waterfall Enrich',
	'Score',
	'Find In CRM',
	'Route',
	'CRM Upsert',
	'Schedule Meeting',
	'Complete',
];

/** Waterfall Enrich has pictures of its own, of each operation. */
const photographed = new Set(
	journey.filter((name) => !['Find In CRM', 'Complete', 'Waterfall Enrich'].includes(name)),
);

describe('the editor', () => {
	let host: TestHost;
	let browser: OpenBrowser;
	let editor: Editor;

	beforeAll(async () => {
		host = await openHost();
		browser = await openBrowser(host.n8n.url);
		editor = openEditor(browser.page, host.n8n.url);
	}, START_MS);

	afterAll(async () => {
		await browser?.close();
	});

	// A picture of where it stands, for whoever has to find out why a test has failed.
	afterEach(async () => {
		const troubles = browser.troubles();
		await browser.page.screenshot({ path: 'test-results/last.png' }).catch(() => undefined);
		expect(troubles).toEqual([]);
	});

	it('imports the template from its file, and knows every node', async () => {
		await editor.newWorkflow();
		await editor.importFile(join(templatesFolder, `${TEMPLATE}.json`));
		await editor.deselect();
		await takeWholePicture('canvas');
		const wanted = nodes.map(({ name, type }) => ({ name, type }));
		const byName = (a: { name: string | null }, b: { name: string | null }) =>
			String(a.name).localeCompare(String(b.name));
		expect((await editor.nodes()).sort(byName)).toEqual(wanted.sort(byName));
		expect(await browser.page.getByTestId('node-not-installed').count()).toBe(0);
		for (const { name } of ours) {
			const icon = editor.node(name).locator('img').first();
			const width = await icon.evaluate(
				({ naturalWidth }: { naturalWidth: number }) => naturalWidth,
			);
			expect([name, width]).toEqual([name, 60]);
		}
	});

	it('finds the credentials by their names, and misses nothing', async () => {
		await expectEventually(async () => {
			const { nodes: saved } = await host.rest.workflow(editor.workflowId());
			const slots = credentialsOf(saved);
			expect(slots).toHaveLength(credentialsOf(template.nodes).length);
			for (const { id, name } of slots) {
				expect(host.credentials.find((one) => one.name === name)?.id).toBe(id);
			}
		});
		expect(await browser.page.getByTestId('node-issues').count()).toBe(0);
	});

	it('has a panel here for each of our nodes', () => {
		expect(Object.keys(panels).sort()).toEqual(ours.map(({ name }) => name).sort());
	});

	// A panel that did not pass would stand in the way of all that follow.
	afterEach(async () => {
		if (await editor.panel.isVisible()) await editor.closePanel();
	});

	it.each(Object.entries(panels))('opens the panel of %s', async (name, { labels, outputs }) => {
		await editor.fit();
		expect(await editor.outputsOf(name)).toEqual(outputs);
		await editor.openPanel(name);
		expect(await editor.panel.getByTestId('inline-edit-preview').innerText()).toBe(name);
		expect(await editor.labels(labels)).toEqual(expect.arrayContaining(labels));
		expect(await editor.panel.innerText()).not.toMatch(/\[object Object\]|undefined/);
		if (photographed.has(name)) {
			const file = name.toLowerCase().replace(/\W+/g, '-');
			await takePicture(browser.page, `panel-${file}`);
		}
	});

	it('runs the workflow for a lead, and shows where it went', async () => {
		const { page } = browser;
		await page.getByTestId('execute-workflow-button').click();
		await page.getByText('Waiting for trigger event').first().waitFor();
		const sent = await host.sendLead(`${host.n8n.url}/webhook-test/${webhookPath(template)}`, {
			persona: 'perfect',
			eventId: 'evt-editor-1',
		});
		expect(sent.status).toBe(202);
		await checkMark(editor, 'Tell The Owner').waitFor();
		for (const name of journey) {
			expect([name, await checkMark(editor, name).count()]).toEqual([name, 1]);
		}
		expect(await checkMark(editor, 'Dead Letter').count()).toBe(0);
	});

	it('lists the execution as succeeded, and opens it', async () => {
		const { page } = browser;
		await page.getByTestId('radio-button-executions').click();
		const first = page
			.getByTestId('current-executions-list')
			.locator('[data-test-execution-status]');
		expect(await first.first().innerText()).toContain('Succeeded');
		await first.first().click();
		await page.getByTestId('execution-preview-label').waitFor();
		await checkMark(editor, 'Tell The Owner').waitFor();
		await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
		await takeWholePicture('execution');
		for (const name of journey) {
			expect([name, await checkMark(editor, name).count()]).toEqual([name, 1]);
		}
		expect(await page.getByTestId('edge-label').getByText('1 item').count()).toBeGreaterThan(8);
	});

	it.each([
		['lead', 'Lead Normalize', 'Turn any form'],
		['dedupe', 'Dedupe', 'Work on each event once'],
		['waterfall', 'Waterfall Enrich', 'Ask providers in turn'],
		['round robin', 'Route', 'Give each lead to one owner'],
	])('finds "%s" in the node creator: %s', async (text, name, description) => {
		await editor.newWorkflow();
		await browser.page.getByTestId('canvas-plus-button').click();
		expect((await editor.search(text))[0]).toBe(name);
		expect(await editor.found(name).innerText()).toContain(description);
		expect(await editor.found(name).locator('img').first().getAttribute('src')).toMatch(/\.svg$/);
	});

	it('starts a new Score with rules to change, and a new Route with what is missing', async () => {
		await addNode('score', 'Score');
		const names = editor.panel.getByTestId('parameter-input-name').locator('input');
		expect(await names.first().inputValue()).toBe('Director or Above');
		expect(await names.count()).toBeGreaterThan(3);
		await editor.closePanel();
		await addNode('round robin', 'Route');
		await editor.panel.getByText('Add Owner').waitFor();
		const text = await editor.panel.innerText();
		expect(text).toContain('No pool is set');
	});

	it.each(templateNames().filter((name) => name !== TEMPLATE))('imports %s too', async (name) => {
		await editor.newWorkflow();
		await editor.importFile(join(templatesFolder, `${name}.json`));
		await editor.deselect();
		await takeWholePicture(`canvas-${name}`);
		const wanted = readTemplate(name).nodes.filter(({ type }) => type !== STICKY);
		expect(await editor.nodes()).toHaveLength(wanted.length);
		expect(await browser.page.getByTestId('node-not-installed').count()).toBe(0);
	});

	/** Larger than the panels' pictures: the whole pipeline has to be readable. */
	async function takeWholePicture(name: string): Promise<void> {
		const { page } = browser;
		const usual = page.viewportSize();
		await page.setViewportSize({ width: 1920, height: 1080 });
		await editor.fit();
		await takePicture(page, name);
		if (usual) await page.setViewportSize(usual);
	}

	async function addNode(text: string, name: string): Promise<void> {
		await editor.newWorkflow();
		await browser.page.getByTestId('canvas-plus-button').click();
		await editor.search(text);
		await editor.found(name).click();
		await browser.page.getByRole('button', { name: 'Add to workflow' }).click();
		await editor.panel.waitFor();
	}
});

const checkMark = (editor: Editor, name: string) =>
	editor.node(name).getByTestId('canvas-node-status-success').first();

interface Slot {
	readonly id?: string | null | undefined;
	readonly name: string;
}

function credentialsOf(all: unknown): Slot[] {
	return (all as ReadonlyArray<{ credentials?: Record<string, Slot> }>).flatMap(
		({ credentials = {} }) => Object.values(credentials),
	);
}

/** The editor saves a moment after a change. */
async function expectEventually(check: () => Promise<void>): Promise<void> {
	const deadline = Date.now() + 10_000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((done) => setTimeout(done, 250));
		}
	}
}
