import type { Http } from '../../../lib/runtime/http';
import { apollo } from '../../../lib/vendors/enrichment/apollo';
import { clearbit } from '../../../lib/vendors/enrichment/clearbit';
import { pdl } from '../../../lib/vendors/enrichment/pdl';
import type { ContactQuery, EnrichmentProvider } from '../../../lib/vendors/enrichment/port';
import { zoominfo } from '../../../lib/vendors/enrichment/zoominfo';
import { secrets } from '../../../sandbox/secrets';
import { openApollo } from '../../../sandbox/vendors/apollo';
import { openClearbit } from '../../../sandbox/vendors/clearbit';
import { openPdl } from '../../../sandbox/vendors/pdl';
import type { OpenVendor } from '../../../sandbox/vendors/port';
import { openZoomInfo } from '../../../sandbox/vendors/zoominfo';
import { describeDocumented, openDocument } from '../../contracts/documents';
import { useDesk } from '../../contracts/enrichment-desk';
import { withHeader } from '../../contracts/signing';
import type { Sign } from '../../contracts/vendor-server';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';
const dana = lead({
	identity: { email: `dana.whitfield@${domain}` },
	person: { linkedinUrl: 'https://www.linkedin.com/in/dana-whitfield' },
	company: { name: 'Northwind Analytics', domain },
});
const ines = lead({ identity: { email: 'ines@quietharbor-ceramics.com' } });
const named = lead({ identity: { email: undefined }, person: { fullName: 'Dana Whitfield' } });
const query: ContactQuery = {
	domain,
	titles: ['Revenue Operations', 'Sales'],
	seniorities: ['director', 'vp'],
	departments: ['Sales'],
	limit: 10,
};

/** Everything that a provider can be asked, in each way that it can be asked. */
async function askAll(
	{ fills, lookup, company, bulk, contacts, later }: EnrichmentProvider,
	http: Http,
) {
	for (const one of [dana, ines, named]) await lookup(one, http, fills);
	await company?.lookup({ domain }, http);
	await company?.lookup({ domain: 'quietharbor-ceramics.com' }, http);
	await company?.bulk?.lookup([{ domain: 'northwind-analytics.com' }], http);
	await bulk?.lookup([dana, ines, named], http, fills);
	await contacts?.find(query, http);
	await contacts?.find({ ...query, titles: [], seniorities: [], cursor: '2' }, http);
	const job = await later?.start([dana], http, 'https://n8n.example.com/webhook/later');
	if (job) await later?.collect?.(job.jobId, http);
	await later?.collect?.('7', http).catch(() => undefined);
}

const token = withHeader('authorization', `Bearer ${secrets.zoominfoToken}`);
const narrow = withHeader('authorization', `Bearer ${secrets.zoominfoNarrowToken}`);
const bearer = withHeader('authorization', `Bearer ${secrets.clearbitKey}`);
const clearbitByEmail: EnrichmentProvider = {
	...clearbit,
	lookup: async (one, http, wanted) =>
		await clearbit.lookup(one.identity.email ? one : dana, http, wanted),
};

describeDocumented('what is sent and simulated fits the vendors’ documents', () => {
	describe.each<[string, EnrichmentProvider, OpenVendor, Sign]>([
		['apollo', apollo, openApollo, withHeader('x-api-key', secrets.apolloKey)],
		['handwritten/clearbit', clearbitByEmail, openClearbit, bearer],
		['handwritten/peopledatalabs', pdl, openPdl, withHeader('x-api-key', secrets.pdlKey)],
		['zoominfo-gtm', zoominfo, openZoomInfo, token],
		['zoominfo-gtm', zoominfo, openZoomInfo, narrow],
	])('%s', (name, provider, open, sign) => {
		const desk = useDesk({ provider, open, sign, wrongSign: sign });

		it('requests and answers', async () => {
			const document = openDocument(name);
			await askAll(provider, desk.http());
			expect(desk.server.requests.length).toBeGreaterThan(4);
			const faults: string[] = [];
			for (const request of desk.server.requests) {
				const reply = await desk.vendor.handle(request);
				faults.push(...document.request(request), ...document.reply(request, reply));
			}
			expect(faults).toEqual([]);
		});

		it('refusals', async () => {
			const document = openDocument(name);
			await provider.lookup(dana, desk.http(), provider.fills);
			const [request] = desk.server.requests;
			if (!request) throw new Error('Nothing was asked');
			const statuses = [401, 429];
			const faults = statuses.flatMap((status) =>
				document.reply(request, desk.vendor.fail(status)),
			);
			expect(faults).toEqual([]);
		});
	});

	it('finds what does not fit', () => {
		const document = openDocument('zoominfo-gtm');
		const request = {
			method: 'POST',
			host: 'api.zoominfo.com',
			path: '/gtm/data/v1/contacts/enrich',
			query: new URLSearchParams({ nope: '1' }),
			headers: {},
			body: JSON.stringify({
				data: { type: 'ContactEnrich', attributes: { outputFields: ['x'] } },
			}),
		};
		expect(document.request(request).length).toBeGreaterThan(1);
		expect(document.reply(request, { status: 200, body: { data: 'x' } })).not.toEqual([]);
	});
});
