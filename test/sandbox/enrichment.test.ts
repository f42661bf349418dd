import { loadPersonas } from '../../sandbox/personas';
import { secrets } from '../../sandbox/secrets';
import { useWorld } from './world';

const at = useWorld();

describe('Apollo', () => {
	const match = (body: unknown, headers = {}) =>
		at.client.apollo('/people/match', { body, headers });

	it('knows a person by email, by name at a domain, by profile', async () => {
		const person = { title: 'Director of Revenue Operations' };
		const domain = 'northwind-analytics.com';
		for (const asked of [
			{ email: `Dana.Whitfield@${domain}` },
			{ first_name: 'Dana', last_name: 'Whitfield', domain },
			{ name: 'dana whitfield', organization_name: 'Northwind Analytics' },
			{ linkedin_url: 'https://www.linkedin.com/in/dana-whitfield' },
		]) {
			expect((await match(asked)).body).toMatchObject({ person });
		}
	});

	it('takes the parameters in the query too', async () => {
		const email = 'dana.whitfield@northwind-analytics.com';
		const { body } = await at.client.apollo(`/people/match?email=${email}`, { method: 'POST' });
		expect(body).toMatchObject({ person: { email } });
	});

	it('charges a match and nothing for no match', async () => {
		const nobody = await match({ email: 'ines@quietharbor-ceramics.com' });
		expect(nobody).toMatchObject({ status: 200, body: { person: null } });
		expect((await at.world.state()).apollo['credits']).toBe(10_000);
		await match({ email: 'dana.whitfield@northwind-analytics.com' });
		expect((await at.world.state()).apollo['credits']).toBe(9_999);
	});

	it('reads an address with a domain in either spelling', async () => {
		const { body } = await match({ email: 'lukasz.zolc@xn--w-narzdzia-fbb67b4q9z.pl' });
		expect(body).toMatchObject({ person: { name: 'Łukasz Żółć' } });
	});

	it.each([
		['an unknown parameter', { email: 'a@b.com', phone: '1' }, 422],
		['nothing to go by', { first_name: 'Dana' }, 422],
		['a list where text belongs', { email: ['a@b.com'] }, 422],
		['a phone without a callback', { email: 'a@b.com', reveal_phone_number: true }, 400],
	])('refuses %s', async (_, body, status) => {
		expect(await match(body)).toMatchObject({ status, body: { error: expect.any(String) } });
	});

	it('refuses a wrong key in plain text and a narrow key with a code', async () => {
		const wrong = await match({ email: 'a@b.com' }, { 'x-api-key': 'x' });
		expect(wrong).toMatchObject({
			status: 401,
			headers: { 'content-type': 'text/plain; charset=utf-8' },
		});
		const narrow = await match({ email: 'a@b.com' }, { 'x-api-key': secrets.apolloNarrowKey });
		expect(narrow).toMatchObject({ status: 403, body: { error_code: 'API_INACCESSIBLE' } });
	});

	it('finds organizations by domain', async () => {
		const of = (query: string) => at.client.apollo(`/organizations/enrich?${query}`);
		expect((await of('domain=www.northwind-analytics.com')).body).toMatchObject({
			organization: { estimated_num_employees: 800 },
		});
		expect((await of('domain=nowhere-known.com')).body).toEqual({ organization: null });
		expect((await of('')).status).toBe(422);
	});
});

describe('Hunter', () => {
	const hunter: (typeof at)['client']['hunter'] = (...call) => at.client.hunter(...call);
	const tom = 'tom.okafor@harborline-logistics.com';

	it('takes the key in three places', async () => {
		const path = `/people/find?email=${tom}`;
		const none = { 'x-api-key': '' };
		const url = `https://api.hunter.io/v2${path}`;
		const answers = await Promise.all([
			hunter(path),
			at.client.call(url, { headers: { authorization: `Bearer ${secrets.hunterKey}` } }),
			at.client.call(`${url}&api_key=${secrets.hunterKey}`),
			hunter(path, { headers: none }),
		]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 401]);
	});

	it('finds, verifies, and knows person and company', async () => {
		const finder = await hunter(
			'/email-finder?domain=harborline-logistics.com&first_name=Tom&last_name=Okafor',
		);
		expect(finder.body).toMatchObject({ data: { email: tom, score: 93 } });
		const verifier = await hunter(`/email-verifier?email=${tom}`);
		expect(verifier.body).toMatchObject({ data: { status: 'valid' } });
		const both = await hunter(`/combined/find?email=${tom}`);
		expect(both.body).toMatchObject({
			data: {
				person: { employment: { title: 'VP Sales' } },
				company: { metrics: { employees: 350 } },
			},
		});
		expect((await at.world.state()).hunter['credits']).toBe(5_000 - 3.5);
	});

	it.each([
		['/people/find?email=ines@quietharbor-ceramics.com', 404, 'not_found'],
		['/people/find?email=viktor.hansen@fjordlight-media.com', 451, 'claimed_email'],
		['/people/find', 400, 'wrong_params'],
		['/email-verifier?email=nonsense', 400, 'invalid_email'],
		['/email-finder?domain=a.com&full_name=A+B&max_duration=60', 400, 'invalid_max_duration'],
		['/companies/find?domain=a.com&fields=all', 400, 'wrong_params'],
	])('answers %s with %i %s', async (path, status, id) => {
		expect(await hunter(path)).toMatchObject({ status, body: { errors: [{ id, code: status }] } });
	});
});

describe('personas at the providers', () => {
	it.each(loadPersonas().map((persona) => [persona.name, persona] as const))(
		'%s: Apollo knows exactly what the file says',
		async (_, { form, apollo }) => {
			const { body } = await at.client.apollo('/people/match', {
				body: { email: form.fields['email'] },
			});
			expect(body['person']).toEqual(apollo?.person ?? null);
		},
	);
});
