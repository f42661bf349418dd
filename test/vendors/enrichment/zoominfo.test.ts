import type { HttpRequest } from '../../../lib/runtime/http';
import { zoominfo } from '../../../lib/vendors/enrichment/zoominfo';
import { zoominfoLegacy } from '../../../lib/vendors/enrichment/zoominfo-legacy';
import { lead } from '../../leads';
import { answering } from './answers';

const contact = { firstName: 'Dana', lastName: 'Whitfield', jobTitle: 'Director' };
const record = (matchStatus: string, attributes?: object, input: object = {}) => ({
	id: '1',
	type: attributes ? 'Contact' : 'NoMatch',
	...(attributes && { attributes }),
	meta: { matchStatus, input },
});
const refused = (status: number, code: string) => ({
	status,
	body: { title: 'Bad Request', detail: 'No.', errors: [{ code, detail: 'No.' }] },
});
/** What the pages show instead. */
const asOnThePages = (status: number, code: string) => ({
	status,
	body: { error: { code, message: 'No.', status, requestId: 'r', retryable: false } },
});
const attributesOf = (request: HttpRequest | undefined) => {
	const { data } = request?.body as { data: { attributes: Record<string, unknown> } };
	return data.attributes;
};

describe('ZoomInfo', () => {
	it('asks for the fields that are wanted, as JSON:API', async () => {
		const { http, requests } = answering({ body: { data: [record('FULL_MATCH', contact)] } });
		await zoominfo.lookup(lead(), http, ['person.title', 'company.revenue']);
		expect(requests[0]).toMatchObject({
			url: 'https://api.zoominfo.com/gtm/data/v1/contacts/enrich',
			headers: { 'content-type': 'application/vnd.api+json' },
		});
		expect(attributesOf(requests[0])).toEqual({
			matchPersonInput: [
				{
					emailAddress: 'dana@northwind.com',
					firstName: 'Dana',
					lastName: 'Whitfield',
					companyName: 'Northwind',
				},
			],
			outputFields: [
				...['id', 'contactAccuracyScore', 'jobTitle', 'positionStartDate'],
				...['companyName', 'companyWebsite', 'companyRevenueNumeric'],
			],
		});
	});

	it.each([
		['one field of the person', ['identity.email'], ['email']],
		['one that is any of several', ['identity.phone'], undefined],
		['several', ['identity.email', 'person.title'], undefined],
		['one of the company', ['company.revenue'], undefined],
	] as const)(
		'requires what a record must have to be worth its credit: %s',
		async (_, wanted, fields) => {
			const lacking = record('NON_MATCH_BY_REQUIRED_FIELDS');
			const { http, requests } = answering({ body: { data: [lacking] } });
			const found = await zoominfo.lookup(lead(), http, wanted);
			expect(attributesOf(requests[0])['requiredFields']).toEqual(fields);
			expect(found).toMatchObject({ kind: 'no-match', credits: 0 });
		},
	);

	it('asks again without the fields that the package lacks', async () => {
		const entitled = ['id', 'contactAccuracyScore', 'jobTitle', 'companyName'];
		const { http, requests } = answering(
			refused(400, 'PFAPI0009'),
			{ body: { data: entitled.map((fieldName) => ({ attributes: { fieldName } })) } },
			{ body: { data: [record('FULL_MATCH', contact)] } },
		);
		const found = await zoominfo.lookup(lead(), http, ['person.title', 'identity.phone']);
		expect(found).toMatchObject({ kind: 'found', fields: { 'person.title': 'Director' } });
		expect(requests[1]).toMatchObject({
			url: 'https://api.zoominfo.com/gtm/data/v1/lookup/enrich',
			query: { 'filter[entity]': 'contact', 'filter[fieldType]': 'output' },
		});
		expect(attributesOf(requests[2])['outputFields']).toEqual(entitled);
	});

	it('gives up where the package lacks them all', async () => {
		const { http } = answering(refused(400, 'PFAPI0001'), { body: { data: [] } });
		await expect(zoominfo.lookup(lead(), http, ['person.title'])).rejects.toMatchObject({
			code: 'SCOPE_DENIED',
		});
	});

	it.each([
		['LIMIT_EXCEEDED', 'QUOTA_EXHAUSTED'],
		['INVALID_INPUT', 'INVALID_INPUT'],
	])('finds the failure %s inside a 200', async (status, code) => {
		const { http } = answering({ body: { data: [record(status)] } });
		await expect(zoominfo.lookup(lead(), http, [])).rejects.toMatchObject({ code });
	});

	it.each([['NO_MATCH'], ['OPT_OUT'], ['NON_MATCH_BY_REQUIRED_FIELDS'], ['SOMETHING_NEW']])(
		'takes %s for nobody, even with attributes',
		async (status) => {
			const { http } = answering({ body: { data: [record(status, contact)] } });
			expect(await zoominfo.lookup(lead(), http, [])).toEqual({ kind: 'no-match', credits: 0 });
		},
	);

	it.each([
		[400, 'PFAPI0011', 'QUOTA_EXHAUSTED'],
		[400, 'PFAPI0005', 'FIELD_MISMATCH'],
		[401, 'ZI0001', 'AUTH_FAILED'],
		[403, 'ZI0003', 'SCOPE_DENIED'],
		[429, 'ZI0004', 'RATE_LIMITED'],
	])('reads %i %s as %s, in both forms', async (status, code, read) => {
		for (const answer of [refused(status, code), asOnThePages(status, code)]) {
			const { http } = answering(answer);
			await expect(zoominfo.lookup(lead(), http, [])).rejects.toMatchObject({ code: read });
		}
	});

	it('tells many people apart by what is repeated of them', async () => {
		const email = (name: string) => `${name}@northwind.com`;
		const lone = (name: string) =>
			lead({
				identity: { email: email(name) },
				person: { firstName: undefined, lastName: undefined },
				company: { name: undefined },
			});
		const { http } = answering({
			body: {
				data: [
					record('LIMIT_EXCEEDED', undefined, { emailAddress: email('ben') }),
					record('FULL_MATCH', contact, { emailAddress: email('ADA') }),
				],
			},
		});
		const answers = await zoominfo.bulk?.lookup([lone('ada'), lone('ben'), lone('cleo')], http, []);
		expect(answers).toMatchObject([
			{ kind: 'found', credits: 1 },
			{ code: 'QUOTA_EXHAUSTED' },
			{ code: 'UPSTREAM_UNAVAILABLE' },
		]);
	});

	it.each([
		['(617) 555-0142', 'United States', '+16175550142'],
		['+44 7700 900321', 'United States', '+447700900321'],
		['030 901820', 'Germany', '+4930901820'],
		['(617) 555-0142', undefined, undefined],
		['(617) 555-0142', 'Atlantis', undefined],
		['12', 'United States', undefined],
	])('reads the number %s of %s as %s', async (mobilePhone, country, phone) => {
		const { http } = answering({
			body: { data: [record('FULL_MATCH', { ...contact, mobilePhone, country })] },
		});
		const found = await zoominfo.lookup(lead(), http, ['identity.phone']);
		expect(found.kind === 'found' && found.fields['identity.phone']).toBe(phone);
	});

	it('leaves out the number of somebody who is not to be called', async () => {
		const numbers = { mobilePhone: '+16175550142', phone: '+16175550143' };
		const flags = { mobilePhoneDoNotCall: true, directPhoneDoNotCall: false };
		const { http } = answering({
			body: { data: [record('FULL_MATCH', { ...contact, ...numbers, ...flags })] },
		});
		expect(await zoominfo.lookup(lead(), http, [])).toMatchObject({
			fields: { 'identity.phone': '+16175550143' },
		});
	});

	it('reads the revenue of a company in thousands', async () => {
		const { http } = answering({
			body: { data: [record('FULL_MATCH', { name: 'Northwind', revenue: 120_000 })] },
		});
		expect(await zoominfo.company?.lookup({ domain: 'northwind.com' }, http)).toMatchObject({
			fields: { 'company.revenue': 120_000_000 },
		});
	});
});

describe('ZoomInfo, the Enterprise API', () => {
	const result = (matchStatus: string, data: object[] = []) => ({
		body: { success: true, data: { result: [{ input: {}, matchStatus, data }] } },
	});

	it('asks at the address of the requirement', async () => {
		const { http, requests } = answering(result('FULL_MATCH', [contact]));
		const found = await zoominfoLegacy.lookup(lead(), http, ['person.title']);
		expect(found).toMatchObject({ kind: 'found', fields: { 'person.title': 'Director' } });
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://api.zoominfo.com/enrich/contact',
			body: { matchPersonInput: [{ emailAddress: 'dana@northwind.com' }] },
		});
	});

	it.each([
		[400, 'Credit limit exceeded for this account', 'QUOTA_EXHAUSTED'],
		[403, 'Usage limit exceeded', 'QUOTA_EXHAUSTED'],
		[400, 'Disallowed output fields: mobilePhone', 'SCOPE_DENIED'],
		[400, 'Invalid input', 'FIELD_MISMATCH'],
		[401, 'Unauthorized', 'AUTH_FAILED'],
		[403, 'Forbidden', 'SCOPE_DENIED'],
	])('reads %i "%s" as %s', async (status, error, code) => {
		const { http } = answering({ status, body: { success: false, error } });
		await expect(zoominfoLegacy.lookup(lead(), http, [])).rejects.toMatchObject({ code });
	});

	it('finds a failure inside a 200, and nobody', async () => {
		const { http } = answering(result('LIMIT_EXCEEDED'), result('NO_MATCH'));
		await expect(zoominfoLegacy.lookup(lead(), http, [])).rejects.toMatchObject({
			code: 'QUOTA_EXHAUSTED',
		});
		expect(await zoominfoLegacy.lookup(lead(), http, [])).toEqual({
			kind: 'no-match',
			credits: 0,
		});
	});
});
