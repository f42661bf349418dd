import { FullEnrichApi } from '../../../credentials/FullEnrichApi.credentials';
import { fullenrich } from '../../../lib/vendors/enrichment/fullenrich';
import { secrets } from '../../../sandbox/secrets';
import { openFullEnrich } from '../../../sandbox/vendors/fullenrich';
import { useDesk } from '../../contracts/enrichment-desk';
import { enrichmentContract, type EnrichmentSuite } from '../../contracts/enrichment.contract';
import { signedBy } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

const unknownTo = (parts: object) => lead(parts as Parameters<typeof lead>[0]);
const dana = unknownTo({
	identity: { email: undefined },
	person: { linkedinUrl: 'https://www.linkedin.com/in/dana-whitfield' },
	company: { name: undefined, domain: 'northwind-analytics.com' },
});
const suite: EnrichmentSuite = {
	provider: fullenrich,
	open: openFullEnrich,
	sign: signedBy(new FullEnrichApi(), { apiKey: secrets.fullenrichKey }),
	wrongSign: signedBy(new FullEnrichApi(), { apiKey: 'wrong' }),
	never: { quota: 'A job without credits starts; it says so when it ends' },
	later: {
		readyMs: 60_000,
		callsBack: true,
		found: {
			lead: dana,
			fields: {
				'identity.email': 'dana.whitfield@northwind-analytics.com',
				'identity.emailStatus': 'valid',
				'identity.phone': '+16175550142',
				'person.title': 'Director of Revenue Operations',
				'person.country': 'US',
				'company.employeeCount': 800,
				'company.industry': 'Software Development',
			},
			credits: 11,
		},
		partial: {
			lead: unknownTo({
				identity: { email: undefined },
				person: { firstName: 'Tom', lastName: 'Okafor' },
				company: { name: 'Harborline Logistics', domain: 'harborline-logistics.com' },
			}),
			fields: { 'identity.emailStatus': 'accept_all' },
			absent: ['identity.phone', 'person.title', 'company.employeeCount'],
			credits: 1,
		},
		nobody: {
			lead: unknownTo({
				identity: { email: undefined },
				person: { firstName: 'Kim', lastName: 'Nobody' },
				company: { name: 'Unheard Of', domain: 'unheard-of.example' },
			}),
		},
	},
};

enrichmentContract(suite);

describe('FullEnrich', () => {
	const desk = useDesk(suite);
	const { later } = fullenrich;

	it.each([
		[['identity.email', 'person.title'], ['contact.work_emails']],
		[['identity.phone'], ['contact.phones']],
		[
			['identity.email', 'identity.phone'],
			['contact.work_emails', 'contact.phones'],
		],
	] as const)('pays for nothing else than %j', async (wanted, enrich_fields) => {
		const { http, requests } = answering({ body: { enrichment_id: 'e' } });
		await later?.start([lead()], http, undefined, wanted);
		expect(requests[0]?.body).toMatchObject({ data: [{ enrich_fields }] });
	});

	it('gives what was found before the credits ended, and says that they did', async () => {
		const http = desk.http();
		const job = await later?.start([dana], http, undefined);
		desk.vendor.drain?.();
		desk.pass(60_000);
		const answer = await later?.collect?.(job?.jobId ?? '', http);
		expect(answer).toMatchObject({ state: 'done', lookups: [{ code: 'QUOTA_EXHAUSTED' }] });
	});

	it('takes the cost that FullEnrich says, not that of its list', async () => {
		const row = (place: string, number?: string) => ({
			custom: { place },
			contact_info: {
				most_probable_work_email: { email: `p${place}@b.com`, status: 'HIGH_PROBABILITY' },
				...(number && { most_probable_phone: { number } }),
			},
		});
		const data = [row('0', '+16175550142'), row('1'), row('2')];
		const body = { id: 'j', status: 'FINISHED', cost: { credits: 12 }, data };
		const { http } = answering({ body });
		const answer = await later?.collect?.('j', http);
		expect(answer).toMatchObject({
			lookups: [
				{ credits: 11, fieldConfidence: { 'identity.email': 0.91 } },
				{ credits: 1, fields: { 'identity.emailStatus': 'accept_all' } },
				{ credits: 0 },
			],
		});
	});

	it('charges nothing for what FullEnrich had already', async () => {
		const info = { most_probable_work_email: { email: 'p@b.com', status: 'DELIVERABLE' } };
		const data = ['0', '1', '2'].map((place) => ({ custom: { place }, contact_info: info }));
		const body = { id: 'j', status: 'FINISHED', cost: { credits: 0 }, data };
		const { http } = answering({ body });
		expect(await later?.collect?.('j', http)).toMatchObject({
			lookups: [{ credits: 0 }, { credits: 0 }, { credits: 0 }],
		});
	});

	it.each(['CREATED', 'IN_PROGRESS', 'RATE_LIMIT'])(
		'waits for a job that is %s',
		async (status) => {
			const body = { id: 'j', status, data: [] };
			const { http } = answering({ body });
			expect(await later?.collect?.('j', http)).toMatchObject({ state: 'pending' });
			expect(later?.readCallback?.(body)).toBeNull();
		},
	);

	it('does not call somebody unknown of whom a cancelled job found nothing', async () => {
		const { http } = answering({ body: { id: 'j', status: 'CANCELED', data: [{}] } });
		expect(await later?.collect?.('j', http)).toMatchObject({
			lookups: [{ code: 'UPSTREAM_UNAVAILABLE' }],
		});
	});
});
