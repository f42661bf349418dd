import fc from 'fast-check';
import { FIELD_IDS, spellings } from '../../lib/domain/form-fields';
import { sources } from '../../lib/vendors/sources';
import { leadOf, normalizationOf, of, run } from './lead-normalize-host';

const email = 'dana@northwind-analytics.com';
const any = { 'options.requires': 'any-id' };

it.each([
	['a possible number too short for E.164', '+49 1234'],
	['a possible number too long for E.164', '+49 12345678901234'],
])('keeps %s as it came', async (_name, phone) => {
	const { leads } = await run([of({ email, phone })]);
	expect(leadOf(leads[0])).toMatchObject({ identity: { email }, custom: { unread: { phone } } });
	expect(normalizationOf(leads[0]).problems).toMatchObject([{ field: 'phone' }]);
});

it.each<[string, Record<string, unknown>]>([
	['an extension longer than any', { phone: '+4915112345678;ext=12345678901234567' }],
	['an extension in Arabic digits', { phone: '+49 151 12345678 ext ١٢٣' }],
	['a channel of consent without a name', { consent: { '': true, email: true } }],
	['a moment after the year 9999', { submitted_at: '9999-12-31T23:59:59-05:00' }],
	['a verifier of somebody else', { name: 'Dana Whitfield' }],
])('takes %s for no defect of ours', async (_name, body) => {
	const verification = { timestamp: 'yesterday', receivedAt: '1764370000' };
	const { leads } = await run([of({ email, ...body }, { verification })]);
	expect(leadOf(leads[0])).toMatchObject({
		identity: { email },
		source: { receivedAt: '2025-11-28T22:46:40.000Z' },
	});
});

describe('a name that every object has', () => {
	it.each<[string, unknown]>([
		['an event of SendGrid', [{ sg_event_id: '1', event: 'constructor', email, timestamp: 17e8 }]],
		[
			'an object of HubSpot',
			[{ subscriptionType: 'constructor.creation', portalId: 1, occurredAt: 17e11, objectId: 5 }],
		],
		[
			'a field and an answer of Typeform',
			{
				event_type: 'form_response',
				form_response: {
					token: 't',
					answers: [
						{ type: 'email', email, field: { id: '1', type: 'constructor' } },
						{ type: 'boolean', boolean: true, field: { id: '2', ref: 'constructor' } },
						{ type: 'constructor', field: { id: '3' } },
					],
				},
			},
		],
		['a field of a company', { email, company: { constructor: 'x', toString: 'y' } }],
		[
			'a change of Salesforce',
			{
				payload: {
					ChangeEventHeader: { entityName: 'constructor', recordIds: ['1'], changeType: 'CREATE' },
					Email: email,
				},
			},
		],
	])('is nothing special as %s', async (_name, body) => {
		const { leads, invalid } = await run([of(body)], any);
		const told = JSON.stringify([...leads, ...invalid].map(({ json }) => json));
		expect([...leads, ...invalid]).toHaveLength(1);
		expect(told).not.toContain('native code');
		expect(told).not.toContain('"details"');
	});

	it('is no prototype, in JSON and in a mapping', async () => {
		const { leads } = await run([
			of(`{"email":"${email}","__proto__":{"admin":true},"consent":{"__proto__":true}}`),
		]);
		expect(leadOf(leads[0])).toMatchObject({ identity: { email }, custom: { admin: true } });
		expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
	});
});

it('turns aside what is nested without end, alone, and reads what is nested', async () => {
	const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
	const payload = (levels: number) => of(`{"email":"${email}","x":${nested(levels)}}`);
	const { leads, invalid } = await run([payload(90), payload(200), payload(100_000)]);
	expect(leads).toHaveLength(1);
	expect(invalid.map((one) => normalizationOf(one).problems[0]?.['reason'])).toEqual(
		Array(2).fill('is nested more than 100 levels deep'),
	);
});

it('pays nobody for a person whose words about consent it does not understand', async () => {
	const said = [{ consent: 'lieber nicht' }, { consent: 'declined' }, { consent: 'agreed' }];
	const { leads } = await run(said.map((one) => of({ email, ...one })));
	expect(leads.map((one) => leadOf(one)['shouldEnrichReason'])).toEqual([
		'no_consent',
		'no_consent',
		undefined,
	]);
	const [again] = (await run([of(leadOf(leads[0]))])).leads;
	expect(leadOf(again)).toMatchObject({ shouldEnrich: false, shouldEnrichReason: 'no_consent' });
});

const MB = 1_000_000;
const each = <Value>(count: number, make: (n: number) => Value) =>
	Array.from({ length: count }, (_, n) => make(n));
const many = (count: number, value: unknown) =>
	Object.fromEntries(each(count, (n) => [`k${n}`, value] as const));

it.each<[string, Record<string, unknown>]>([
	['channels of consent', { consent: many(60_000, true) }],
	['statements of consent', { consent: each(30_000, (n) => ({ [`k${n}`]: true })) }],
	['fields', many(60_000, 1)],
	['lists', { a: each(100_000, () => [[]]) }],
	['letters in a phone number', { phone: '+49 30 1 ext'.repeat(MB / 12) }],
	['letters in an address', { work_email: 'a@'.repeat(MB / 2) }],
	['letters in a website', { website: 'a.'.repeat(MB / 2) }],
	['spaces in a name', { name: `${' '.repeat(MB)}x` }],
])('takes a megabyte of %s in its stride', async (_name, body) => {
	const from = process.cpuUsage();
	const { leads, invalid } = await run([of({ email, ...body })]);
	expect(invalid).toEqual([]);
	expect(leads).toHaveLength(1);
	// Quadratic time would be minutes.
	expect(process.cpuUsage(from).user).toBeLessThan(10_000_000);
});

it.each(sources.map(({ id }) => id))(
	'reads what %s never sends, when it was chosen',
	async (id) => {
		const bodies = [
			{ email },
			{ email, event: '', type: '', sg_event_id: '' },
			{},
			[],
			[{ email }],
		];
		for (const body of bodies) {
			const { leads, invalid } = await run([of(body)], { ...any, source: id });
			expect(leads.filter(({ json }) => json['details'])).toEqual([]);
			expect([...leads, ...invalid]).toHaveLength(1);
		}
	},
);

it('names an event that its sender left nameless', async () => {
	const { leads } = await run([of({ email })], { ...any, source: 'sendgrid' });
	expect(leadOf(leads[0])).toMatchObject({ identity: { email }, source: { event: 'unknown' } });
});

it('gives an item for whatever comes, and never an error', async () => {
	const names = [
		...FIELD_IDS.flatMap(spellings),
		...['consent', 'properties', 'event', 'payload', 'form_response', 'answers', 'type', 'data'],
		...['event-data', 'signature', 'sg_event_id', 'subscriptionType', 'constructor', '__proto__'],
	];
	const value = fc.letrec((tie) => ({
		any: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom<unknown>(null, '', 'yes', email, '+49 1234', '2026-01-01', 17e11, true, -1),
			fc.string({ unit: 'binary', maxLength: 20 }),
			fc.array(tie('any'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 8 }),
		),
	})).any;
	const source = fc.constantFrom('auto', ...sources.map(({ id }) => id));
	await fc.assert(
		fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), source, async (body, id) => {
			const { leads, invalid } = await run([of(body)], { ...any, source: id });
			expect(leads.filter(({ json }) => json['details'])).toEqual([]);
			expect(leads.length + invalid.length).toBeGreaterThan(0);
		}),
		{ numRuns: 3_000 },
	);
}, 60_000);
