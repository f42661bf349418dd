import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, type Editor } from './browser/editor';
import { openBrowser, START_MS, type OpenBrowser } from './browser/open';
import { openHost } from './world';

const name = 'Lead Normalize';
const workflow = {
	name: 'Own mapping',
	nodes: [
		{
			id: 'lead-normalize',
			name,
			type: 'n8n-nodes-lead-handoff.leadNormalize',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
	],
	connections: {},
};

describe('an own mapping', () => {
	let browser: OpenBrowser;
	let editor: Editor;

	beforeAll(async () => {
		const { n8n } = await openHost();
		browser = await openBrowser(n8n.url);
		editor = openEditor(browser.page, n8n.url);
	}, START_MS);

	afterAll(async () => {
		await browser?.close();
	});

	it('shows what nearly every form asks, ready for values to be dropped on', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'own-mapping-')), 'workflow.json');
		writeFileSync(file, JSON.stringify(workflow));
		await editor.newWorkflow();
		await editor.importFile(file);
		await editor.deselect();
		await editor.openPanel(name);
		await editor.panel.getByTestId('parameter-input-source').click();
		await browser.page.getByText('Custom (Own Mapping)').last().click();
		const asked = ['Email', 'First Name', 'Last Name', 'Phone', 'Company Name', 'Country'];
		const labels = await editor.labels(asked);
		expect(labels).toEqual(expect.arrayContaining(asked));
		// Nobody has refused anything because a switch is off that nobody has seen.
		expect(labels).not.toContain('Consent Email');
	});
});
