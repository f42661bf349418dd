import { companyOnly } from '../../../lib/vendors/lookups/company-only';
import { zoominfo } from '../../../lib/vendors/enrichment/zoominfo';
import { lead } from '../../leads';

describe('a provider that is asked about companies only', () => {
	const asked = companyOnly({ ...zoominfo, revision: 'an account' });

	it('is reached with the same account, whose token n8n renews', () => {
		expect(asked).toMatchObject({
			id: 'zoominfo',
			credential: 'zoomInfoOAuth2Api',
			renewsToken: true,
			revision: 'an account',
		});
	});

	it('is told nothing of a person, alone or with others', async () => {
		expect(asked).not.toHaveProperty('bulk');
		expect(asked).not.toHaveProperty('later');
		const http = { send: async () => await Promise.reject(new Error('a person was sent')) };
		await expect(asked.lookup(lead(), http, ['person.title'])).resolves.toMatchObject({
			kind: 'no-match',
			credits: 0,
		});
	});
});
