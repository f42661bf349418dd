import packageJson from '../../package.json';
import { openHost, type TestHost } from './world';

describe('the host', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
	});

	it('answers as ready', async () => {
		const response = await fetch(`${host.n8n.url}/healthz/readiness`);
		expect(await response.json()).toMatchObject({ status: 'ok' });
	});

	it('has signed its owner in', async () => {
		expect(await host.rest.personalProject()).toEqual(expect.any(String));
	});

	it('has loaded every node of the package', async () => {
		const files: string[] = packageJson.n8n.nodes;
		const names = files.map((file) => {
			const name = file.replace(/^.*\/(.*)\.node\.js$/, '$1');
			return `${packageJson.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
		});
		expect(await host.rest.nodeTypes()).toEqual(expect.arrayContaining(names));
	});

	it('has made the credentials of the sandbox', () => {
		const types = host.credentials.map(({ type }) => type);
		expect(types).toEqual(expect.arrayContaining(['hubspotAppToken', 'googleCalendarOAuth2Api']));
	});
});
