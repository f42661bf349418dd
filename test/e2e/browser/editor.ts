import { selectors, type Locator, type Page } from 'playwright-core';

selectors.setTestIdAttribute('data-test-id');

export type Editor = ReturnType<typeof openEditor>;

/** n8n's editor as a user sees it: what is on the canvas, and what a click does. */
export function openEditor(page: Page, url: string) {
	const node = (name: string): Locator =>
		page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	const panel = page.getByTestId('ndv');
	const fit = async () => {
		await page.getByTestId('zoom-to-fit').click();
		await page.mouse.move(800, 20);
		await page.waitForTimeout(300);
	};

	return {
		node,
		panel,
		fit,

		async newWorkflow(): Promise<void> {
			await page.goto(`${url}/workflow/new`);
			await page.getByTestId('canvas-plus-button').waitFor();
		},

		/** *Import* > *From file* in the menu of the open workflow. */
		async importFile(path: string): Promise<void> {
			await page.getByTestId('workflow-menu').click();
			await page.getByTestId('workflow-menu-item-import').hover();
			const chooser = page.waitForEvent('filechooser');
			await page.getByTestId('workflow-menu-item-import-from-file').click();
			await (await chooser).setFiles(path);
			await page.getByTestId('canvas-node').first().waitFor();
		},

		/** What was imported is selected, and stays so until a click beside it. */
		async deselect(): Promise<void> {
			await fit();
			await page.getByTestId('canvas').click({ position: { x: 1150, y: 640 } });
		},

		workflowId: () => new URL(page.url()).pathname.split('/')[2] ?? '',

		/** Name and type of everything on the canvas but sticky notes. */
		nodes: async () =>
			await page.getByTestId('canvas-node').evaluateAll((nodes) =>
				nodes
					.filter((one) => !one.querySelector('[data-test-id=sticky]'))
					.map((one) => ({
						name: one.getAttribute('data-node-name'),
						type: one.getAttribute('data-node-type'),
					})),
			),

		outputsOf: async (name: string) =>
			await node(name).getByTestId('canvas-node-output-handle').allInnerTexts(),

		async openPanel(name: string): Promise<void> {
			await fit();
			await node(name).dblclick();
			await panel.waitFor();
			await page.waitForLoadState('networkidle');
		},

		async closePanel(): Promise<void> {
			await page.getByTestId('ndv-close-button').click();
			await panel.waitFor({ state: 'hidden' });
		},

		/**
		 * The labels of the parameters, those in collections too, in their order. Collections are drawn
		 * after the panel: waits some seconds for those `expected`.
		 */
		async labels(expected: readonly string[]): Promise<string[]> {
			for (let tries = 50; ; tries -= 1) {
				const drawn = panel.getByTestId('node-parameters').getByTestId('input-label');
				const labels = (await drawn.allInnerTexts()).map(
					(text) => text.split('\n')[0]?.trim() ?? '',
				);
				if (tries === 0 || expected.every((label) => labels.includes(label))) return labels;
				await page.waitForTimeout(100);
			}
		},

		/** The names that the node creator finds, best first. */
		async search(text: string): Promise<string[]> {
			await page.getByTestId('node-creator-search-bar').fill(text);
			await page.getByTestId('node-creator-item-name').first().waitFor();
			await page.waitForTimeout(700);
			return await page.getByTestId('node-creator-item-name').allInnerTexts();
		},

		found: (name: string) =>
			page.getByTestId('item-iterator-item').filter({ has: page.getByText(name, { exact: true }) }),
	};
}
