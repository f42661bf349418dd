import fc from 'fast-check';
import { parseDomain, parseEmail } from '../../lib/domain/email';
import { parseInstant } from '../../lib/domain/instant';
import { normalize, type NormalizeContext } from '../../lib/domain/normalize';

const RECEIVED = '2026-11-23T15:00:00.000Z';
const context = (more: Partial<NormalizeContext> = {}): NormalizeContext => ({
	receivedAt: RECEIVED,
	requires: 'email',
	enrichPersonal: false,
	...more,
});
const leadOf = (payload: unknown, more: Partial<NormalizeContext> = {}) => {
	const result = normalize(payload, context(more));
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.lead;
};

describe('email addresses', () => {
	it.each([
		[
			' Ada.Lovelace+demo@Example.CO.UK ',
			'ada.lovelace+demo@example.co.uk',
			'example.co.uk',
			'business',
		],
		[
			'Ada <ada@northwind-analytics.com>',
			'ada@northwind-analytics.com',
			'northwind-analytics.com',
			'business',
		],
		[
			'mailto:ada@mail.northwind-analytics.com',
			'ada@mail.northwind-analytics.com',
			'northwind-analytics.com',
			'business',
		],
		[
			'x@żółw-narzędzia.pl',
			'x@xn--w-narzdzia-fbb67b4q9z.pl',
			'xn--w-narzdzia-fbb67b4q9z.pl',
			'business',
		],
		['someone@gmail.com', 'someone@gmail.com', 'gmail.com', 'personal'],
		['some.one+x@gmail.com', 'some.one+x@gmail.com', 'gmail.com', 'personal'],
		['jemand@web.de', 'jemand@web.de', 'web.de', 'personal'],
		[
			'info@northwind-analytics.com',
			'info@northwind-analytics.com',
			'northwind-analytics.com',
			'role',
		],
	])('%s', (text, email, domain, kind) => {
		expect(parseEmail(text)).toMatchObject({ email, domain, kind });
		expect(parseEmail(parseEmail(text)?.email ?? '')).toEqual(parseEmail(text));
	});

	it.each([
		'',
		'ada',
		'@example.com',
		'ada@',
		'ada@example',
		'a b@example.com',
		'ada@@example.com',
		'ada@exa mple.com',
		'ada.@example.com',
		'ada@192.168.0.1',
	])('%j is none', (text) => expect(parseEmail(text)).toBeNull());

	it('never crashes, and what it accepts it accepts again unchanged', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.emailAddress()), (text) => {
				const once = parseEmail(text);
				if (once) expect(parseEmail(once.email)).toEqual(once);
			}),
			{ numRuns: 2000 },
		);
	});
});

it.each([
	['https://www.Northwind-Analytics.com/demo?x=1', 'northwind-analytics.com'],
	['shop.example.co.uk:8443', 'example.co.uk'],
	['northwind', undefined],
	['localhost', undefined],
])('the domain of %s', (text, domain) => expect(parseDomain(text)).toBe(domain));

it.each([
	['2026-11-01T01:30:00-05:00', '2026-11-01T06:30:00.000Z'],
	['2026-11-01 01:30:00', '2026-11-01T01:30:00.000Z'],
	[1793514600, '2026-11-01T06:30:00.000Z'],
	['1793514600000', '2026-11-01T06:30:00.000Z'],
	['tomorrow', undefined],
	[12, undefined],
	['1969-01-01', undefined],
])('the instant of %j', (value, iso) => expect(parseInstant(value)).toBe(iso));

describe('a form', () => {
	const form = {
		event: 'webform_submitted',
		eventId: 'in-the-body',
		submittedAt: '2026-11-23T14:59:58Z',
		fields: {
			'Work Email': ' Dana.Whitfield@Northwind-Analytics.com',
			first_name: '  Dana ',
			lastName: 'Whitfield',
			phone: '(617) 555-0142',
			company: 'Northwind   Analytics',
			country: 'United States',
			timezone: 'America/New_York',
			employees: '1,200',
			message: 'Hello',
			utm_source: 'google',
		},
		consent: { lawfulBasis: 'consent', email: true, phone: false },
	};

	it('becomes the canonical lead', () => {
		expect(leadOf(form)).toMatchObject({
			identity: {
				email: 'dana.whitfield@northwind-analytics.com',
				emailKind: 'business',
				phone: '+16175550142',
			},
			person: {
				firstName: 'Dana',
				lastName: 'Whitfield',
				fullName: 'Dana Whitfield',
				timezone: 'America/New_York',
				country: 'US',
			},
			company: {
				name: 'Northwind Analytics',
				domain: 'northwind-analytics.com',
				employeeCount: 1200,
			},
			attribution: { utmSource: 'google', originalSource: 'google', latestSource: 'google' },
			consent: {
				lawfulBasis: 'consent',
				consentTimestamp: '2026-11-23T14:59:58.000Z',
				channels: { email: true, phone: false },
			},
			custom: { message: 'Hello' },
			source: {
				system: 'form',
				event: 'webform_submitted',
				eventId: 'in-the-body',
				occurredAt: '2026-11-23T14:59:58.000Z',
				receivedAt: RECEIVED,
			},
			shouldEnrich: true,
		});
	});

	it('takes the signed event id before the one in the payload', () => {
		expect(leadOf(form, { eventId: 'signed' }).source.eventId).toBe('signed');
	});

	it('does not take a channel of consent for a field', () => {
		expect(
			leadOf({ consent: { email: true }, fields: { email: 'a@northwind-analytics.com' } }).identity
				.email,
		).toBe('a@northwind-analytics.com');
	});

	it('keeps what cannot be read, says so, and goes on', () => {
		const result = normalize(
			{
				email: 'a@northwind-analytics.com',
				phone: 'call me',
				timezone: 'EST5',
				company_size: '201-500',
			},
			context(),
		);
		expect(result).toMatchObject({
			ok: true,
			lead: { custom: { unread: { phone: 'call me', employeeCount: '201-500' } } },
		});
		expect(result.problems.map(({ field }) => field)).toEqual(
			expect.arrayContaining(['phone', 'employeeCount']),
		);
	});

	it('reads HubSpot contacts in both shapes', () => {
		const now = {
			id: '151',
			properties: { email: 'a@northwind-analytics.com', firstname: 'Ada', jobtitle: 'CTO' },
		};
		const old = {
			vid: 151,
			properties: {
				email: { value: 'a@northwind-analytics.com' },
				firstname: { value: 'Ada' },
				jobtitle: { value: 'CTO' },
			},
		};
		for (const payload of [now, old]) {
			expect(leadOf(payload)).toMatchObject({
				identity: { email: 'a@northwind-analytics.com', externalIds: { hubspot: '151' } },
				person: { firstName: 'Ada', title: 'CTO' },
				source: { system: 'hubspot', recordId: '151' },
			});
		}
	});

	it('uses what the user mapped, and the default country', () => {
		const lead = leadOf(
			{ answers: ['a@northwind-analytics.com'] },
			{ mapped: { email: 'a@northwind-analytics.com', phone: '030 123456' }, defaultCountry: 'DE' },
		);
		expect(lead.identity).toMatchObject({
			email: 'a@northwind-analytics.com',
			phone: '+4930123456',
		});
	});

	it('splits one name field, and keeps capitals and marks', () => {
		expect(
			leadOf({ email: 'a@northwind-analytics.com', name: 'Anne-Marie  van der O’Brien' }).person,
		).toMatchObject({ firstName: 'Anne-Marie van der', lastName: 'O’Brien' });
		expect(
			leadOf({ email: 'a@northwind-analytics.com', name: 'Zoe\u0308 McDONALD' }).person,
		).toMatchObject({ firstName: 'Zoë', lastName: 'McDONALD' });
	});
});

describe('what is not worth a paid call', () => {
	it.each([
		[{ email: 'sam@gmail.com' }, {}, 'personal_email'],
		[{ email: 'a@northwind-analytics.com', consent: false }, {}, 'no_consent'],
		[
			{ email: 'a@northwind-analytics.com', consent: { email: false, phone: false } },
			{},
			'no_consent',
		],
		[{ email: 'sam@gmail.com' }, { enrichPersonal: true }, undefined],
	])('%j %j', (payload, more, reason) => {
		const lead = leadOf(payload, more);
		expect(lead.shouldEnrich).toBe(reason === undefined);
		expect(lead.shouldEnrichReason).toBe(reason);
	});
});

describe('what is no lead', () => {
	it.each([
		[null, 'payload'],
		['text', 'payload'],
		[[1], 'payload'],
		[{}, 'email'],
		[{ email: 'not an address' }, 'email'],
	])('%j', (payload, field) => {
		const result = normalize(payload, context());
		expect(result).toMatchObject({ ok: false, problems: [expect.objectContaining({ field })] });
	});

	it('masks the value that it complains about', () => {
		const result = normalize({ email: 'ada@lovelace@' }, context());
		expect(JSON.stringify(result)).not.toContain('ada@lovelace');
	});

	it('may be reached by phone, when that is enough', () => {
		expect(normalize({ phone: '+49 30 123456' }, context({ requires: 'email-or-phone' })).ok).toBe(
			true,
		);
	});
});

it('never throws, whatever a form holds', () => {
	fc.assert(
		fc.property(fc.object({ maxDepth: 3 }), fc.string(), (payload, text) => {
			const result = normalize(
				{
					...payload,
					email: 'a@northwind-analytics.com',
					phone: text,
					timezone: text,
					country: text,
					website: text,
					linkedin: text,
					submitted_at: text,
				},
				context(),
			);
			expect(result.ok).toBe(true);
		}),
		{ numRuns: 500 },
	);
});
