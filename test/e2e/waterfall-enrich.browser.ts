import { openEditor, type Editor } from './browser/editor';
import { openBrowser, START_MS, type OpenBrowser } from './browser/open';
import { takePicture } from './browser/pictures';
import { openHost, type TestHost } from './world';

const steps = { values: [{ provider: 'apollo' }, { provider: 'hunter' }] };
const own = {
	provider: 'customHttp',
	name: 'Acme Data',
	authentication: 'httpHeaderAuth',
	url: 'https://api.acme-data.com/people/{identity.email}',
	mapping: { values: [{ field: 'person.title', value: 'data.job_title' }] },
};

/** What a user has to find in the panel of each operation, and on its right side. */
const operations: Readonly<
	Record<string, { parameters: object; labels: string[]; outputs: string[] }>
> = {
	'Enrich Lead': {
		parameters: {},
		labels: ['Operation', 'Profile', 'Providers', 'Fields Wanted', 'Steps', 'Budgets', 'Store'],
		outputs: ['Enriched', 'Partial', 'Unmatched', 'Background'],
	},
	'Own Deadline': {
		parameters: {
			profile: 'custom',
			providers: ['apollo', 'custom:httpHeaderAuth'],
			steps: { values: [{ provider: 'apollo', creditsPerHit: 1, conditions: {} }, own] },
			budgets: { values: [{ per: 'day', provider: '', usd: 20, credits: 0 }] },
		},
		labels: [
			'Deadline (Seconds)',
			'Start Next Provider After (Seconds)',
			'Only If',
			'URL',
			'Answer',
		],
		outputs: ['Enriched', 'Partial', 'Unmatched', 'Background'],
	},
	'Enrich Company': {
		parameters: { operation: 'enrichCompany', steps },
		labels: ['Profile', 'Company Domain', 'Company Name', 'Fields Wanted', 'Steps'],
		outputs: ['Enriched', 'Partial', 'Unmatched'],
	},
	'Verify Email': {
		parameters: {
			operation: 'verifyEmail',
			providers: ['hunter'],
			steps: { values: [{ provider: 'hunter' }] },
		},
		labels: ['Email', 'Providers', 'Steps', 'Budgets'],
		outputs: ['Valid', 'Risky', 'Invalid'],
	},
	'Find Contacts': {
		parameters: { operation: 'findContacts', steps },
		labels: ['Domain of the Account', 'Titles', 'Seniorities', 'Departments', 'Limit', 'Put Out'],
		outputs: ['Found', 'None Found'],
	},
	'Detect Job Change': {
		parameters: { operation: 'detectJobChange', steps },
		labels: ['Providers', 'Steps', 'Budgets'],
		outputs: ['Same', 'Changed', 'Unknown'],
	},
	'Start Background Lookup': {
		parameters: { operation: 'start', providers: ['fullenrich'] },
		labels: ['Providers', 'Provider to Ask', 'Callback URL', 'Fields Wanted'],
		outputs: ['Started', 'Not Started'],
	},
	'Collect Callback': {
		parameters: { operation: 'collect', collectBy: 'callback' },
		labels: ['Result Comes', 'Callback Body'],
		outputs: ['Collected', 'Pending', 'Ignored'],
	},
	'Collect Due': {
		parameters: { operation: 'collect', collectBy: 'due', providers: ['fullenrich'] },
		labels: ['Result Comes', 'Providers', 'Jobs at Once', 'Give Up After (Hours)'],
		outputs: ['Collected', 'Pending', 'Ignored'],
	},
	'Of Version 1': {
		parameters: { providers: ['apollo', 'hunter'], steps },
		labels: ['Operation', 'Providers', 'Fields Wanted', 'Steps'],
		outputs: ['Enriched', 'Partial', 'Unmatched', 'Error'],
	},
};

/** Those that the documentation shows. */
const PICTURES: Readonly<Record<string, string>> = {
	'Enrich Lead': 'panel-waterfall-enrich-lead',
	'Own Deadline': 'panel-waterfall-enrich-custom-http',
	'Find Contacts': 'panel-waterfall-enrich-find-contacts',
};

const slots = {
	apolloEnrichmentApi: { id: null, name: 'Apollo' },
	hunterApi: { id: null, name: 'Hunter' },
	fullEnrichApi: { id: null, name: 'FullEnrich' },
};

describe('the panel of Waterfall Enrich', () => {
	let host: TestHost;
	let browser: OpenBrowser;
	let editor: Editor;

	beforeAll(async () => {
		host = await openHost();
		const { workflowId } = await host.importWorkflow({
			name: 'The operations of Waterfall Enrich',
			nodes: Object.entries(operations).map(([name, { parameters }], index) => ({
				id: `operation-${index}`,
				name,
				type: 'n8n-nodes-lead-handoff.waterfallEnrich',
				typeVersion: name === 'Of Version 1' ? 1 : 1.1,
				position: [(index % 5) * 260, Math.floor(index / 5) * 260],
				parameters: { ...parameters },
				credentials: slots,
				...(name === 'Of Version 1' && { onError: 'continueErrorOutput' }),
			})),
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		browser = await openBrowser(host.n8n.url);
		editor = openEditor(browser.page, host.n8n.url);
		await browser.page.goto(`${host.n8n.url}/workflow/${workflowId}`);
		await browser.page.getByTestId('canvas-node').first().waitFor();
	}, START_MS);

	afterAll(async () => {
		await browser?.close();
	});

	afterEach(async () => {
		const troubles = browser.troubles();
		await browser.page.screenshot({ path: 'test-results/last.png' }).catch(() => undefined);
		if (await editor.panel.isVisible()) await editor.closePanel();
		expect(troubles).toEqual([]);
	});

	it.each(Object.entries(operations))('shows %s', async (name, { labels, outputs }) => {
		await editor.fit();
		expect(await editor.outputsOf(name)).toEqual(outputs);
		await editor.openPanel(name);
		expect(await editor.labels(labels)).toEqual(expect.arrayContaining(labels));
		const text = await editor.panel.innerText();
		expect(text).not.toMatch(/\[object Object\]|undefined/);
		expect(text.includes('Profile')).toBe(labels.includes('Profile') || name === 'Own Deadline');
		if (name === 'Own Deadline') {
			await editor.panel.getByText('Answer', { exact: true }).first().scrollIntoViewIfNeeded();
		}
		const picture = PICTURES[name];
		if (picture) await takePicture(browser.page, picture);
	});
});
