import { dropcontact } from '../../../lib/vendors/enrichment/dropcontact';
import { secrets } from '../../../sandbox/secrets';
import { openDropcontact } from '../../../sandbox/vendors/dropcontact';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { withHeader } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

type Parts = Parameters<typeof lead>[0];
const unknownTo = (parts: object) => lead(parts as Parts);
const byName = unknownTo({
	identity: { email: undefined },
	person: { firstName: 'Dana', lastName: 'Whitfield' },
	company: { name: 'Northwind Analytics', domain: 'northwind-analytics.com' },
});

enrichmentContract({
	provider: dropcontact,
	open: openDropcontact,
	// As n8n's own type `dropcontactApi` signs.
	sign: withHeader('x-access-token', secrets.dropcontactKey),
	wrongSign: withHeader('x-access-token', 'wrong'),
	later: {
		readyMs: 30_000,
		unknownJob: 'pending',
		callsBack: true,
		found: {
			lead: byName,
			fields: {
				'identity.email': 'dana.whitfield@northwind-analytics.com',
				'identity.emailStatus': 'valid',
				'identity.phone': '+16175550142',
				'person.title': 'Director of Revenue Operations',
				'company.domain': 'northwind-analytics.com',
				'company.employeeCount': 800,
				'company.phone': '+16175550100',
			},
			credits: 1,
		},
		partial: {
			lead: lead({
				identity: { email: 'tom.okafor@harborline-logistics.com' },
				company: { domain: 'harborline-logistics.com' },
			}),
			fields: { 'identity.emailStatus': 'accept_all', 'person.title': 'VP Sales' },
			// 200-500 is no number.
			absent: ['company.employeeCount', 'identity.phone', 'company.industry'],
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
});

describe('Dropcontact', () => {
	const collected = async (...data: unknown[]) => {
		const { http } = answering({ body: { success: true, error: false, data } });
		const answer = await dropcontact.later?.collect?.('job', http);
		if (answer?.state !== 'done') throw new Error('Not done');
		return answer.lookups;
	};
	const started = async (one = lead()) => {
		const { http, requests } = answering({ body: { success: true, request_id: 'r' } });
		await dropcontact.later?.start([one], http, 'https://n8n.example.com/hook');
		return requests[0]?.body as { data: Array<{ custom_fields: { email: string } }> };
	};

	it('sends what identifies the lead, and no address a second time', async () => {
		const body = await started();
		expect(body).toMatchObject({ custom_callback_url: 'https://n8n.example.com/hook' });
		expect(body.data[0]).toMatchObject({
			email: 'dana@northwind.com',
			website: 'northwind.com',
			custom_fields: { place: '0', email: expect.stringMatching(/^[0-9a-f]{16}$/) },
		});
	});

	it.each([
		['nominative@pro', 'dana@northwind.com', 'valid'],
		['nominative@perso', 'dana@northwind.com', 'valid'],
		['catch_all@pro', 'dana@northwind.com', 'accept_all'],
		['invalid@pro', undefined, 'invalid'],
		['nominative@invalid', undefined, 'invalid'],
		['generic@pro', undefined, undefined],
		['random@pro', undefined, undefined],
	])('reads the address of qualification %s', async (qualification, email, status) => {
		const [lookup] = await collected({ email: [{ email: 'dana@northwind.com', qualification }] });
		const fields = lookup && 'fields' in lookup ? lookup.fields : {};
		expect([fields['identity.email'], fields['identity.emailStatus']]).toEqual([email, status]);
	});

	it('does not give the lead’s own address the status of another one', async () => {
		const { custom_fields } = (await started()).data[0]!;
		const found = (email: string) => [{ email, qualification: 'nominative@pro' }];
		const [other, own] = await collected(
			{ custom_fields, email: found('d.whitfield@northwind.com') },
			{ custom_fields: { ...custom_fields, place: '1' }, email: found('Dana@Northwind.com') },
		);
		expect(other).not.toHaveProperty(['fields', 'identity.emailStatus']);
		expect(own).toHaveProperty(['fields', 'identity.emailStatus'], 'valid');
	});

	it('charges for an address that was sent, although nothing is known of it', async () => {
		const { custom_fields } = (await started()).data[0]!;
		expect(await collected({ custom_fields, email: [] })).toEqual([
			{ kind: 'no-match', credits: 1 },
		]);
	});

	it('puts answers that come in another order in the order of the leads', async () => {
		const row = (place: string, job: string) => ({
			custom_fields: { place },
			email: [{ email: `p${place}@b.com`, qualification: 'nominative@pro' }],
			job,
		});
		expect(await collected(row('2', 'C'), row('0', 'A'), row('1', 'B'))).toMatchObject([
			{ fields: { 'person.title': 'A' } },
			{ fields: { 'person.title': 'B' } },
			{ fields: { 'person.title': 'C' } },
		]);
	});

	it('says what was refused', async () => {
		const body = { error: true, success: false, reason: 'Too many records' };
		const { http } = answering({ status: 400, body });
		await expect(dropcontact.later?.start([lead()], http, undefined)).rejects.toMatchObject({
			code: 'FIELD_MISMATCH',
			message: 'dropcontact answered 400: Too many records',
		});
	});
});
