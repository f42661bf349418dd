import { ClayTableApi } from '../../../credentials/ClayTableApi.credentials';
import { clay } from '../../../lib/vendors/enrichment/clay';
import { secrets } from '../../../sandbox/secrets';
import { openClay } from '../../../sandbox/vendors/clay';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { signedBy } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

const table = (token: string) =>
	signedBy(new ClayTableApi(), { webhookUrl: secrets.clayWebhookUrl, token });

enrichmentContract({
	provider: clay,
	open: openClay,
	sign: table(secrets.clayToken),
	wrongSign: table('wrong'),
	never: { 'unreadable answer': 'Clay does not document what it answers a row with' },
	later: {
		readyMs: 20_000,
		callsBack: true,
		found: {
			lead: lead({ identity: { email: 'dana.whitfield@northwind-analytics.com' } }),
			fields: { 'person.title': 'Director of Revenue Operations', 'company.employeeCount': 800 },
			credits: 4,
		},
		nobody: { lead: lead({ identity: { email: 'ines@quietharbor-ceramics.com' } }) },
	},
});

describe('Clay', () => {
	const read = (row: object) => clay.later?.readCallback?.({ source_id: 'job', ...row });

	it('sends one row with the source, the event and where to call back', async () => {
		const { http, requests } = answering({ body: { success: true } });
		const url = 'https://n8n.example.com/hook';
		const { jobId } = (await clay.later?.start([lead()], http, url)) ?? {};
		expect(requests[0]?.body).toMatchObject({
			source_id: jobId,
			source_system: 'form',
			event_type: 'webform_submitted',
			email: 'dana@northwind.com',
			company_domain: 'northwind.com',
			callback_url: url,
		});
	});

	it('makes one job of an event that is sent twice, and two of two events', async () => {
		const start = async (one = lead()) => {
			const { http } = answering({ body: {} });
			return (await clay.later?.start([one], http, undefined))?.jobId;
		};
		const later = { ...lead(), source: { ...lead().source, eventId: 'e2' } };
		expect(await start()).toBe(await start());
		expect(await start(later)).not.toBe(await start());
	});

	it('reads nested and flat columns, and numbers that are text', () => {
		expect(
			read({
				'person.title': 'VP Sales',
				company: { employeeCount: '350', techStack: 'HubSpot, Segment', revenue: 'unknown' },
				credits: 2.5,
			}),
		).toEqual({
			jobId: 'job',
			lookups: [
				{
					kind: 'found',
					fields: {
						'person.title': 'VP Sales',
						'company.employeeCount': 350,
						'company.techStack': ['HubSpot', 'Segment'],
					},
					credits: 2.5,
				},
			],
		});
	});

	it.each([[{ found: false, 'person.title': 'x' }], [{ 'person.title': '' }], [{ credits: -4 }]])(
		'finds nobody in %j, for nothing',
		(row) => {
			expect(read(row)?.lookups).toEqual([{ kind: 'no-match', credits: 0 }]);
		},
	);

	it('refuses a table that is not reached by TLS', async () => {
		const sign = signedBy(new ClayTableApi(), { webhookUrl: 'http://api.clay.com/x', token: '' });
		const request = { method: 'POST', url: 'https://api.clay.com', timeoutMs: 1 } as const;
		await expect(sign(request)).rejects.toThrow('must begin with https://');
	});
});
