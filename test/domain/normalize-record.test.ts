import fc from 'fast-check';
import { customFields } from '../../lib/domain/custom-field';
import { isRecord } from '../../lib/domain/form';
import { normalize, normalizeRecord, type NormalizeContext } from '../../lib/domain/normalize';
import type { SourceRecord } from '../../lib/domain/source-record';
import { context, leadOf, read, RECEIVED, record } from '../normalized';

/** JSON has no -0. */
const asSent = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Forms as people and browsers fill them in: some fields well, some badly, some not at all. */
const form = fc
	.record(
		{
			email: fc.oneof(
				fc.emailAddress(),
				fc.constantFrom('Ada@Gmail.com ', 'x@mailinator.com', 'info@acme.de'),
			),
			phone: fc.oneof(
				fc.constantFrom('(617) 555-0142 ext. 7', '+44 20 7946 0958', '0151 12345678', 'call me'),
				fc.string(),
			),
			name: fc.string({ unit: 'grapheme' }),
			first_name: fc.string({ unit: 'grapheme' }),
			country: fc.constantFrom('US', 'Germany', 'deu', 'Österreich', 'Korea', '??'),
			state: fc.constantFrom('NY', 'Texas', 'Bayern', ''),
			timezone: fc.constantFrom('Europe/Berlin', 'EST', ''),
			company: fc.string({ unit: 'grapheme' }),
			website: fc.webUrl(),
			employees: fc.constantFrom('1,200', '201-500', 12),
			submitted_at: fc.constantFrom('2026-11-01 10:00:00', 1793514600, 'today'),
			utm_source: fc.constantFrom('google', ''),
			original_source: fc.constantFrom('partner', ''),
			latest_source: fc.constantFrom('fair', ''),
			consent: fc.oneof(
				fc.boolean(),
				fc.constantFrom('maybe', 'yes', { email: true, unsubscribed: true }, { sale: false }),
			),
			do_not_call: fc.boolean(),
			message: fc.string({ unit: 'grapheme' }),
			answers: fc.dictionary(fc.string(), fc.jsonValue()).map(asSent),
		},
		{ requiredKeys: [] },
	)
	.map((fields) => ({ ...fields, eventId: 'e-1' }));
const own = customFields([{ name: 'message' }, { name: 'seats', type: 'number' }]);

describe('a lead that is normalised again', () => {
	it('is the same lead', () => {
		fc.assert(
			fc.property(form, fc.constantFrom('', 'DE', 'US'), (payload, defaultCountry) => {
				const options = context({ defaultCountry, requires: 'any-id', customFields: own });
				const once = normalize(payload, options);
				if (!once.ok) return;
				const later = { ...options, receivedAt: '2030-01-01T00:00:00.000Z' };
				const again = normalize(once.lead, later);
				expect(again.ok && again.lead).toEqual(once.lead);
				expect(normalize(JSON.parse(JSON.stringify(once.lead)), later)).toEqual(again);
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps what only others know, and what a node of the user said', () => {
		const lead = leadOf({ email: 'ada@northwind-analytics.com', country: 'DK', utm_source: 'x' });
		const grown = {
			...lead,
			identity: { ...lead.identity, emailStatus: 'accept_all' as const },
			person: { ...lead.person, timezone: 'America/Nuuk', timezoneSource: 'enriched' as const },
			company: { ...lead.company, revenue: 5, techStack: ['n8n'] },
			shouldEnrich: false,
			shouldEnrichReason: 'competitor',
		};
		expect(leadOf(grown)).toEqual(grown);
	});

	it('gets a worked-out zone worked out again, and keeps a given one', () => {
		const moved = (fields: object) => {
			const lead = leadOf({ email: 'ada@northwind-analytics.com', country: 'DK', ...fields });
			return leadOf({ ...lead, person: { ...lead.person, country: 'PL' } }).person.timezone;
		};
		expect(moved({})).toBe('Europe/Warsaw');
		expect(moved({ timezone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
	});

	it('is judged by the options of today', () => {
		const lead = leadOf({ email: 'ada@gmail.com' });
		expect(lead.shouldEnrich).toBe(false);
		expect(leadOf(lead, { enrichPersonal: true })).toMatchObject({ shouldEnrich: true });
		expect(leadOf(lead, { enrichPersonal: true })).not.toHaveProperty('shouldEnrichReason');
	});
});

it('does not depend on case and spaces around what is not text of the person', () => {
	fc.assert(
		fc.property(form, (payload) => {
			const shouted = Object.fromEntries(
				Object.entries(payload).map(([name, value]) => [
					name,
					['email', 'country', 'state', 'website'].includes(name) ? `  ${value}  ` : value,
				]),
			);
			const upper =
				'email' in payload ? { ...shouted, email: `${payload.email}`.toUpperCase() } : {};
			const [one, other] = [payload, { ...shouted, ...upper }].map((form) =>
				normalize(form, context({ requires: 'any-id' })),
			);
			if (one?.ok && other?.ok) expect(other.lead.identity).toEqual(one.lead.identity);
			expect(other?.ok).toBe(one?.ok);
		}),
	);
});

it('loses nothing: every value that a form held is in the lead, or in what could not be read', () => {
	fc.assert(
		fc.property(form, (payload) => {
			const result = normalize(payload, context());
			if (!result.ok) return;
			const { custom } = result.lead;
			const unread = isRecord(custom['unread']) ? custom['unread'] : {};
			for (const { field } of result.problems) expect(unread).toHaveProperty([field]);
		}),
	);
});

describe('what a source read', () => {
	it('becomes the canonical lead, with the ids of every system', () => {
		expect(
			read({
				fields: { email: 'Ada@Northwind-Analytics.com', firstName: ' Ada ' },
				recordId: 'r-8',
				externalIds: { hubspot: '151', salesforce: ' ' },
				eventId: 'e-1',
				occurredAt: 1793514600,
				custom: { budget: 10 },
			}),
		).toMatchObject({
			identity: {
				email: 'ada@northwind-analytics.com',
				externalIds: { typeform: 'r-8', hubspot: '151' },
			},
			person: { firstName: 'Ada' },
			custom: { budget: 10 },
			source: {
				system: 'typeform',
				recordId: 'r-8',
				event: 'form_response',
				eventId: 'e-1',
				occurredAt: '2026-11-01T06:30:00.000Z',
				receivedAt: RECEIVED,
			},
		});
	});

	it('gives way to what the user mapped', () => {
		const mapped = { email: 'grace@northwind-analytics.com', event: 'demo_requested' };
		const lead = read({}, { mapped });
		expect(lead.identity.email).toBe(mapped.email);
		expect(lead.source.event).toBe(mapped.event);
	});

	it('is a lead by its record id alone where that is enough', () => {
		const nameless = record({ fields: {}, recordId: '151', system: 'hubspot' });
		expect(normalizeRecord(nameless, context({ requires: 'any-id' }))).toMatchObject({
			ok: true,
			lead: { identity: { externalIds: { hubspot: '151' } } },
		});
		expect(normalizeRecord(nameless, context({ requires: 'email-or-phone' })).ok).toBe(false);
		expect(
			normalizeRecord(record({ fields: {} }), context({ requires: 'any-id' })).problems[0]?.reason,
		).toContain('record ID');
	});

	it('says that an unreadable consent is one, and keeps it', () => {
		const result = normalizeRecord(record({ consent: { answer: 'perhaps' } }), context());
		expect(result).toMatchObject({
			ok: true,
			lead: { consent: { channels: {} }, custom: { unread: { consent: { answer: 'perhaps' } } } },
		});
		expect(result.problems).toMatchObject([{ field: 'consent' }]);
	});

	it('may have a field of its own by the name of what could not be read', () => {
		const { custom } = read({ fields: { email: 'a@acme.de', phone: '?' }, custom: { unread: 5 } });
		expect(custom).toEqual({ unread: { unread: 5, phone: '?' } });
		expect(read({ custom: { unread: 5 } }).custom).toEqual({ unread: 5 });
	});

	it('is held against the definitions of custom fields', () => {
		const definitions = customFields([{ name: 'plan', allowed: ['Free', 'Pro'] }]);
		const result = normalizeRecord(
			record({ custom: { Plan: 'Gold', colour: 'red' } }),
			context({ customFields: definitions }),
		);
		expect(result).toMatchObject({
			ok: true,
			lead: { custom: { colour: 'red', unread: { plan: 'Gold' } } },
			problems: [{ field: 'custom.plan', reason: 'is not one of: Free, Pro' }],
		});
	});
});

describe('what is not worth a paid call', () => {
	it.each<[Partial<SourceRecord>, Partial<NormalizeContext>, string | undefined]>([
		[{ fields: { email: 'x@mailinator.com' } }, { enrichPersonal: true }, 'disposable_email'],
		[{ fields: { email: 'ada@hotmail.co.uk' } }, {}, 'personal_email'],
		[{ fields: { email: 'info@northwind-analytics.com' } }, {}, undefined],
		[{ fields: { email: 'info@northwind-analytics.com' } }, { enrichRoles: false }, 'role_account'],
		[{ emailStatus: 'invalid' }, {}, 'invalid_email'],
		[{ emailStatus: 'invalid', consent: { sale: false } }, {}, 'no_consent'],
		[{ consent: { unsubscribed: true } }, {}, 'no_consent'],
	])('%j %j: %s', (more, extra, reason) => {
		const lead = read(more, extra);
		expect([lead.shouldEnrich, lead.shouldEnrichReason]).toEqual([reason === undefined, reason]);
	});

	it.each([
		['info@northwind-analytics.com', 'role'],
		['no-reply@northwind-analytics.com', 'role'],
		['Sales+web@northwind-analytics.com', 'role'],
		['support2@northwind-analytics.com', 'role'],
		['salesman@northwind-analytics.com', 'business'],
		['ada@googlemail.com', 'personal'],
		['ada@sub.mailinator.com', 'disposable'],
	])('%s is %s', (email, kind) =>
		expect(read({ fields: { email } }).identity.emailKind).toBe(kind),
	);

	it('takes no company from a mailbox that is not a company’s', () => {
		for (const email of ['x@mailinator.com', 'ada@hotmail.co.uk'])
			expect(read({ fields: { email } }).company).toEqual({});
	});
});

describe('phones and places', () => {
	it('keeps an extension beside the number', () => {
		expect(
			leadOf({ email: 'a@acme.de', phone: '(617) 555-0142 x12', country: 'US' }).identity,
		).toMatchObject({ phone: '+16175550142', phoneExtension: '12' });
	});

	it('writes an extension in the digits of a telephone', () => {
		expect(
			read({
				fields: { email: 'a@acme.de', phone: '+49 151 12345678 ext ١٢٣' },
			}).identity,
		).toMatchObject({
			phone: '+4915112345678',
			phoneExtension: '123',
		});
	});

	it('marks how a time zone was found', () => {
		const zone = (fields: SourceRecord['fields']) => {
			const { timezone, timezoneSource } = read({
				fields: { email: 'ada@northwind-analytics.com', ...fields },
			}).person;
			return [timezone, timezoneSource];
		};
		expect(zone({ timezone: 'Asia/Tokyo', country: 'DK' })).toEqual(['Asia/Tokyo', 'given']);
		expect(zone({ country: 'DK' })).toEqual(['Europe/Copenhagen', 'inferred:country']);
		expect(zone({ country: 'US', state: 'NY' })).toEqual(['America/New_York', 'inferred:state']);
		expect(zone({ phone: '+48 22 555 01 46' })).toEqual(['Europe/Warsaw', 'inferred:phone']);
		expect(zone({ country: 'US' })).toEqual([undefined, undefined]);
	});
});
