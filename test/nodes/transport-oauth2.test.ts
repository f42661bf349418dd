import { openHttp } from '../../nodes/shared/transport';
import { codeOf, get, heard, n8n, refuse, vendor, withSite } from './transport-host';

withSite();

describe('an OAuth2 token', () => {
	const oauth = { ...vendor, oauth2: true };
	function account() {
		const data = { oauthTokenData: { access_token: 'old' } };
		const refreshOAuth2Token = jest.fn(async () => {
			await new Promise((done) => setTimeout(done, 40));
			data.oauthTokenData.access_token = 'new';
		});
		return { data, refreshOAuth2Token };
	}

	it('is sent, and renewed by n8n once when it has expired', async () => {
		const { data, refreshOAuth2Token } = account();
		const { node, byHelper } = n8n({ data, helpers: { refreshOAuth2Token } });
		refuse.add('Bearer old');
		await openHttp(node, oauth).send(get());
		expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
		expect(refreshOAuth2Token).toHaveBeenCalledTimes(1);
		expect(refreshOAuth2Token).toHaveBeenCalledWith('acmeApi');
		expect(byHelper).toEqual([]);
	});

	it('is renewed once for all calls that found it expired', async () => {
		const { data, refreshOAuth2Token } = account();
		const { node } = n8n({ data, helpers: { refreshOAuth2Token } });
		refuse.add('Bearer old');
		await Promise.all([1, 2, 3].map(async () => await openHttp(node, oauth).send(get())));
		expect(refreshOAuth2Token).toHaveBeenCalledTimes(1);
		expect(heard.filter(({ headers }) => headers.authorization === 'Bearer new')).toHaveLength(3);
	});

	it('that another worker has renewed is taken from n8n', async () => {
		const { data, refreshOAuth2Token } = account();
		const node = n8n({
			helpers: { refreshOAuth2Token },
			more: { getCredentials: async () => await Promise.resolve(structuredClone(data)) },
		}).node;
		const http = openHttp(node, oauth);
		await http.send(get());
		data.oauthTokenData.access_token = 'theirs';
		refuse.add('Bearer old');
		await http.send(get());
		expect(heard.at(-1)?.headers.authorization).toBe('Bearer theirs');
		expect(refreshOAuth2Token).not.toHaveBeenCalled();
	});

	it('that cannot be renewed leaves the refusal, after one try', async () => {
		const refreshOAuth2Token = jest.fn(async () => await Promise.reject(new Error('revoked')));
		const { node } = n8n({
			data: { oauthTokenData: { access_token: 'old' } },
			helpers: { refreshOAuth2Token },
		});
		refuse.add('Bearer old');
		expect(await codeOf(openHttp(node, oauth).send(get()))).toBe('AUTH_FAILED');
		expect(heard).toHaveLength(1);
	});

	it('that n8n has not fetched yet is left to n8n', async () => {
		const { node, byHelper } = n8n({ data: {}, helpers: { refreshOAuth2Token: jest.fn() } });
		await openHttp(node, oauth).send(get());
		expect([byHelper.length, heard.length]).toEqual([1, 0]);
	});
});
