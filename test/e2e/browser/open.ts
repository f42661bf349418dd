import { chromium, type Page } from 'playwright-core';
import { owner } from '../../../sandbox/host/rest';

export interface OpenBrowser {
	readonly page: Page;
	/** What the page has complained of since the last call. */
	troubles(): string[];
	close(): Promise<void>;
}

/** How long a browser may take to start and to sign in, on a machine that does much else. */
export const START_MS = 120_000;

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * What the editor asks for whether it is there or not: a schema for every built-in node, and the
 * pages of community packages, which lie outside (n8n itself is at plain http).
 */
const ASKED_IN_VAIN = /\/schemas\/n8n-nodes-base\.[^ ]+\.json$|^https:\/\//;

/** A browser whose user has signed in to n8n at its own page. */
export async function openBrowser(url: string): Promise<OpenBrowser> {
	const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
	const browser = await chromium.launch({ executablePath, args: FLAGS });
	try {
		const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
		page.setDefaultTimeout(15_000);
		await signIn(page, url);
		const heard = listen(page);
		return { page, troubles: () => heard.splice(0), close: () => browser.close() };
	} catch (error) {
		// A browser that nobody has would keep the test run from ending.
		await browser.close();
		throw error;
	}
}

async function signIn(page: Page, url: string): Promise<void> {
	// The first page brings the whole editor, which a busy machine takes long for.
	await page.goto(`${url}/signin`, { timeout: 45_000 });
	await page.fill('input[name=emailOrLdapLoginId]', owner.email);
	await page.fill('input[name=password]', owner.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\//);
}

function listen(page: Page): string[] {
	const heard: string[] = [];
	page.on('pageerror', (error) => heard.push(`page: ${error.message}`));
	page.on('console', (message) => {
		const { url } = message.location();
		if (message.type() !== 'error' || ASKED_IN_VAIN.test(url)) return;
		heard.push(`console: ${message.text()} ${url}`);
	});
	return heard;
}
