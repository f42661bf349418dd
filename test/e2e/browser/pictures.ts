import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const root = resolve(__dirname, '..', '..', '..');

/** Set UPDATE_IMAGES=1 to renew the pictures of the documentation. */
const folder =
	process.env['UPDATE_IMAGES'] === '1' ? join(root, 'docs', 'images') : join(root, 'test-results');

export async function takePicture(page: Page, name: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
