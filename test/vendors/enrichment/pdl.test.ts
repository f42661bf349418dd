import { pdl } from '../../../lib/vendors/enrichment/pdl';
import { lead } from '../../leads';
import { answering } from './answers';

const data = {
	full_name: 'Dana Whitfield',
	job_title: 'Director',
	job_title_levels: ['director'],
	job_company_name: 'Northwind',
	job_company_website: 'northwind.com',
	job_start_date: '2023-04',
	mobile_phone: true,
	phone_numbers: true,
};
const found = { status: 200, likelihood: 8, data };

describe('People Data Labs', () => {
	it('pays only for a record that holds something wanted', async () => {
		const { http, requests } = answering({ body: found });
		await pdl.lookup(lead(), http, ['person.title', 'identity.phone']);
		expect(requests[0]).toMatchObject({
			url: 'https://api.peopledatalabs.com/v5/person/enrich',
			query: {
				email: 'dana@northwind.com',
				first_name: 'Dana',
				company: 'northwind.com',
				min_likelihood: 6,
				required: 'job_title OR mobile_phone OR phone_numbers',
				titlecase: true,
			},
		});
	});

	it('reads what was charged, how sure it is and the employer', async () => {
		const { http } = answering({ body: found, headers: { 'x-call-credits-spent': '0' } });
		expect(await pdl.lookup(lead(), http, ['person.title'])).toEqual({
			kind: 'found',
			credits: 0,
			confidence: 0.8,
			employer: {
				name: 'Northwind',
				domain: 'northwind.com',
				title: 'Director',
				since: '2023-04',
			},
			fields: {
				'person.fullName': 'Dana Whitfield',
				'person.title': 'Director',
				'person.seniority': 'director',
				'company.name': 'Northwind',
				'company.domain': 'northwind.com',
			},
		});
	});

	it('counts the credit of a record that cannot be used', async () => {
		const { http } = answering({ body: { ...found, data: { job_title: true } } });
		expect(await pdl.lookup(lead(), http, [])).toEqual({ kind: 'no-match', credits: 1 });
	});

	it('tells many people apart by what it sent along, whatever their order', async () => {
		const { http, requests } = answering({
			headers: { 'x-call-credits-spent': '1' },
			body: [
				{ ...found, metadata: { place: 2 } },
				{ status: 404, error: { type: 'not_found', message: 'none' }, metadata: { place: 0 } },
				{
					status: 500,
					error: { type: 'api_error', message: 'oops: dana@northwind.com' },
					metadata: { place: 1 },
				},
			],
		});
		const answers = await pdl.bulk?.lookup([lead(), lead(), lead()], http, ['person.title']);
		expect(answers?.[0]).toEqual({ kind: 'no-match', credits: 0 });
		expect(answers?.[1]).toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
			message: 'pdl answered 500: oops: d***@northwind.com',
		});
		expect(answers?.[2]).toMatchObject({ kind: 'found', credits: 1 });
		expect(requests[0]?.body).toMatchObject({
			required: 'job_title',
			requests: [
				{ metadata: { place: 0 } },
				{ metadata: { place: 1 } },
				{ metadata: { place: 2 } },
			],
		});
	});

	it('never takes a missing answer for nobody', async () => {
		const { http } = answering({ body: [{ ...found, metadata: { place: 0 } }] });
		const answers = await pdl.bulk?.lookup([lead(), lead()], http, []);
		expect(answers?.[1]).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
	});

	it.each([
		[400, 'invalid_request_error', 'FIELD_MISMATCH'],
		[401, 'authentication_error', 'AUTH_FAILED'],
		[402, 'payment_required', 'QUOTA_EXHAUSTED'],
		[429, 'rate_limit_error', 'RATE_LIMITED'],
	])('reads %i %s as %s', async (status, type, code) => {
		const { http } = answering({ status, body: { status, error: { type, message: 'No.' } } });
		await expect(pdl.lookup(lead(), http, [])).rejects.toMatchObject({ code });
	});

	it('says what it would need', () => {
		const nameless = { firstName: undefined, lastName: undefined };
		const nobody = lead({ identity: { email: undefined }, person: nameless });
		expect(pdl.cannotAsk(nobody)).toMatch(/needs an email address/);
	});
});
