import { ClayTableApi } from '../../../credentials/ClayTableApi.credentials';
import { NeverBounceApi } from '../../../credentials/NeverBounceApi.credentials';
import { ZeroBounceApi } from '../../../credentials/ZeroBounceApi.credentials';
import type { Http } from '../../../lib/runtime/http';
import { clay } from '../../../lib/vendors/enrichment/clay';
import { dropcontact } from '../../../lib/vendors/enrichment/dropcontact';
import { hunter } from '../../../lib/vendors/enrichment/hunter';
import { neverbounce } from '../../../lib/vendors/enrichment/neverbounce';
import type { EnrichmentProvider } from '../../../lib/vendors/enrichment/port';
import { zerobounce } from '../../../lib/vendors/enrichment/zerobounce';
import { secrets } from '../../../sandbox/secrets';
import { openClay } from '../../../sandbox/vendors/clay';
import { openDropcontact } from '../../../sandbox/vendors/dropcontact';
import { openHunter } from '../../../sandbox/vendors/hunter';
import { openNeverBounce } from '../../../sandbox/vendors/neverbounce';
import type { OpenVendor } from '../../../sandbox/vendors/port';
import { openZeroBounce } from '../../../sandbox/vendors/zerobounce';
import { describeDocumented, openDocument } from '../../contracts/documents';
import { useDesk } from '../../contracts/enrichment-desk';
import { signedBy, withHeader } from '../../contracts/signing';
import type { Sign } from '../../contracts/vendor-server';
import { lead } from '../../leads';

const domain = 'northwind-analytics.com';
const dana = lead({ identity: { email: `dana.whitfield@${domain}` }, company: { domain } });
const ines = lead({ identity: { email: 'ines@quietharbor-ceramics.com' } });
const named = lead({ identity: { email: undefined }, company: { domain } } as Parameters<
	typeof lead
>[0]);

/** Everything that a provider can be asked; a day passes before a job is asked for. */
async function askAll(provider: EnrichmentProvider, http: Http, pass: (ms: number) => void) {
	const { later, bulk, emailVerifier, company, contacts } = provider;
	for (const one of [dana, ines, named]) {
		const can = !later?.instead && provider.cannotAsk(one) === null;
		if (can) await provider.lookup(one, http, provider.fills);
	}
	await company?.lookup({ domain }, http);
	await bulk?.lookup([dana, ines], http, provider.fills);
	await emailVerifier?.verify('info@northwind-analytics.com', http);
	const people = { domain, titles: [], seniorities: ['vp'], departments: ['Sales'], limit: 10 };
	await contacts?.find(people, http);
	for (const one of later?.instead ? [dana, ines] : []) {
		const job = await later?.start([one], http, 'https://n8n.example.com/webhook/later');
		await later?.collect?.(job?.jobId ?? '', http);
		pass(86_400_000);
		await later?.collect?.(job?.jobId ?? '', http);
	}
}

describeDocumented('what is sent and simulated fits the vendors’ documents', () => {
	describe.each<[string, EnrichmentProvider, OpenVendor, Sign]>([
		['hunter', hunter, openHunter, withHeader('x-api-key', secrets.hunterKey)],
		[
			'dropcontact',
			dropcontact,
			openDropcontact,
			withHeader('x-access-token', secrets.dropcontactKey),
		],
		[
			'zerobounce',
			zerobounce,
			openZeroBounce,
			signedBy(new ZeroBounceApi(), { apiKey: secrets.zerobounceKey }),
		],
		[
			'neverbounce',
			neverbounce,
			openNeverBounce,
			signedBy(new NeverBounceApi(), { apiKey: secrets.neverbounceKey }),
		],
		[
			'clay-webhook',
			clay,
			openClay,
			signedBy(new ClayTableApi(), {
				webhookUrl: secrets.clayWebhookUrl,
				token: secrets.clayToken,
			}),
		],
	])('%s', (name, provider, open, sign) => {
		const desk = useDesk({ provider, open, sign, wrongSign: sign });

		it('requests and answers', async () => {
			const document = openDocument(`handwritten/${name}`);
			await askAll(provider, desk.http(), desk.pass);
			expect(desk.server.requests.length).toBeGreaterThan(1);
			const faults: string[] = [];
			for (const request of desk.server.requests) {
				// The documents leave to the credential where its key is.
				const query = new URLSearchParams(request.query);
				query.delete('key');
				const reply = await desk.vendor.handle(request);
				faults.push(...document.request({ ...request, query }), ...document.reply(request, reply));
			}
			expect(faults).toEqual([]);
		});
	});
});
