import fc from 'fast-check';
import { mergeConsent, LAWFUL_BASES, type Consent } from '../../lib/domain/consent';
import { mayUse, type ConsentUse } from '../../lib/domain/consent-gate';
import { formConsent } from '../../lib/domain/form-consent';
import { readConsent } from '../../lib/domain/read-consent';

const AT = '2026-11-23T15:00:00.000Z';
const reading = (value: unknown) => readConsent(value, { at: AT, source: 'form', eventId: 'e1' });
const read = (value: unknown) => reading(value).consent;

const moment = fc.constantFrom(AT, '2026-01-01T00:00:00.000Z', '2025-06-01T10:00:00+02:00');
const channel = fc.constantFrom('email', 'phone', 'sms', 'enrichment', 'sale');
const statement = fc.record(
	{
		at: moment,
		channel,
		allowed: fc.boolean(),
		lawfulBasis: fc.constantFrom(...LAWFUL_BASES),
		source: fc.constantFrom('form', 'hubspot'),
	},
	{ requiredKeys: ['at', 'channel', 'allowed'] },
);
const consent: fc.Arbitrary<Consent> = fc
	.record(
		{
			lawfulBasis: fc.constantFrom(...LAWFUL_BASES),
			consentTimestamp: moment,
			channels: fc.dictionary(channel, fc.boolean()),
			history: fc.array(statement, { minLength: 1, maxLength: 4 }),
		},
		{ requiredKeys: ['channels'] },
	)
	// A consent as it comes out of a merge: history in order and without doubles.
	.map((one) => mergeConsent(one, { channels: {} }));

describe('two records of one consent', () => {
	it('make one, the same whichever comes first and in whichever order several come', () => {
		fc.assert(
			fc.property(consent, consent, consent, (a, b, c) => {
				expect(mergeConsent(a, b)).toEqual(mergeConsent(b, a));
				expect(mergeConsent(mergeConsent(a, b), c)).toEqual(mergeConsent(a, mergeConsent(b, c)));
				expect(mergeConsent(a, a)).toEqual(a);
			}),
		);
	});

	it('allow no more than either of them', () => {
		fc.assert(
			fc.property(
				consent,
				consent,
				fc.constantFrom<ConsentUse>('email', 'phone', 'sms'),
				(a, b, use) => {
					const both = mayUse(a, use).allowed && mayUse(b, use).allowed;
					expect(mayUse(mergeConsent(a, b), use).allowed).toBe(both);
				},
			),
		);
	});

	it('lose nothing that was ever said', () => {
		fc.assert(
			fc.property(consent, consent, (a, b) => {
				const { history = [] } = mergeConsent(a, b);
				expect(history).toEqual(
					expect.arrayContaining([...(a.history ?? []), ...(b.history ?? [])]),
				);
			}),
		);
	});

	it('keep the statements of both, the older first and each once', () => {
		const no = { at: '2026-01-01T00:00:00.000Z', channel: 'email', allowed: false };
		const yes = { at: AT, channel: 'email', allowed: true };
		const one = { channels: { email: true }, history: [yes] };
		const other = { channels: { email: false }, history: [no, yes] };
		expect(mergeConsent(one, other).history).toEqual([no, yes]);
		expect(mergeConsent(other, one).history).toEqual([no, yes]);
	});

	it('keep a no against a later yes, the weaker basis, and the later moment', () => {
		expect(
			mergeConsent(
				{ channels: { email: false }, lawfulBasis: 'contract', consentTimestamp: AT },
				{
					channels: { email: true, phone: true },
					lawfulBasis: 'consent',
					consentTimestamp: '2026-12-01T00:00:00.000Z',
				},
			),
		).toEqual({
			channels: { email: false, phone: true },
			lawfulBasis: 'consent',
			consentTimestamp: '2026-12-01T00:00:00.000Z',
		});
	});

	it('are not confused by a channel that is called like a method', () => {
		expect(mergeConsent({ channels: {} }, { channels: { toString: true } }).channels).toEqual({
			toString: true,
		});
	});
});

describe('what a person said', () => {
	it.each<[unknown, Record<string, boolean>]>([
		[undefined, {}],
		[{}, {}],
		[true, { email: true, phone: true, enrichment: true }],
		['no', { email: false, phone: false, enrichment: false }],
		[
			{ email: true, phone: false },
			{ email: true, phone: false },
		],
		[{ channels: { email: 'on', sms: '0' } }, { email: true, sms: false }],
		[{ unsubscribed: true }, { email: false }],
		[{ unsubscribed: false }, {}],
		[{ channels: { email: true }, unsubscribed: true, version: 1 }, { email: false }],
		[
			{ email: true, phone: 'lieber nicht' },
			{ email: true, phone: false },
		],
		[{ channels: { fax: { allowed: true } } }, { fax: false }],
		[{ email: 'yes', sms: '', phone: null }, { email: true }],
		[{ history: [{ at: AT, channel: 'email', allowed: false }] }, { email: false }],
		[{ email: true, '': true, ' ': 'no' }, { email: true }],
		[{ 'Sec-GPC': 'whatever' }, { sale: false }],
		[
			{ HasOptedOutOfEmail: 'true', DoNotCall: true },
			{ email: false, phone: false },
		],
		[{ hs_email_optout: true, email: true }, { email: false }],
		[{ 'Sec-GPC': '1' }, { sale: false }],
		[{ email: true, text: 'Yes' }, { email: true }],
		[[{ email: true }, { unsubscribed: 'yes' }], { email: false }],
	])('%j', (said, channels) => expect(read(said).channels).toEqual(channels));

	it.each<[unknown, unknown[]]>([
		['maybe', ['maybe']],
		[{ answer: 'perhaps' }, [{ answer: 'perhaps' }]],
		[7, [7]],
		[['?'], ['?']],
		[['yes', '?'], ['?']],
		[{ email: true, history: ['?'] }, ['?']],
	])('%j is not all readable', (said, unread) => expect(reading(said).unread).toEqual(unread));

	it('that cannot be read is a no, with the words', () => {
		const { consent: said, unread, doubted } = reading({ email: true, phone: 'lieber nicht' });
		expect(said.history).toMatchObject([
			{ channel: 'email', allowed: true },
			{ channel: 'phone', allowed: false, text: 'lieber nicht' },
		]);
		expect([unread, doubted]).toEqual([[], { phone: 'lieber nicht' }]);
	});

	it.each([
		[{ lawfulBasis: 'Legitimate Interest', email: true }, 'legitimate_interest', {}],
		[{ lawfulBasis: 'because', email: true }, 'unknown', { lawfulBasis: 'because' }],
		[{ timestamp: 'yesterday', email: true }, undefined, { consentTimestamp: 'yesterday' }],
	])('has the basis of %j', (said, lawfulBasis, doubted) => {
		expect(read(said).lawfulBasis).toBe(lawfulBasis);
		expect(reading(said).doubted).toEqual(doubted);
	});

	it('keeps what else stands beside it', () =>
		expect(reading({ email: true, ip: '203.0.113.7', version: 'v2' }).details).toEqual({
			ip: '203.0.113.7',
			version: 'v2',
		}));

	it('loses no statement to one that cannot be read', () => {
		const no = { channel: 'phone', allowed: 'no', at: 'last week' };
		const yes = { channel: 'phone', allowed: true, at: AT };
		expect(read({ history: [no, yes] })).toMatchObject({
			channels: { phone: false },
			history: [{ channel: 'phone', allowed: false }, yes],
		});
	});

	it('is written into the history with its moment, its source and its wording', () => {
		expect(
			read({
				lawful_basis: 'consent',
				timestamp: '2026-11-01T10:00:00+01:00',
				email: true,
				text: 'Write to me',
			}),
		).toEqual({
			lawfulBasis: 'consent',
			consentTimestamp: '2026-11-01T09:00:00.000Z',
			channels: { email: true },
			history: [
				{
					at: '2026-11-01T09:00:00.000Z',
					channel: 'email',
					allowed: true,
					lawfulBasis: 'consent',
					source: 'form',
					eventId: 'e1',
					text: 'Write to me',
				},
			],
		});
	});

	it('stays as it is when it is read again', () => {
		fc.assert(
			fc.property(fc.dictionary(channel, fc.boolean()), (channels) => {
				const once = read(channels);
				expect(readConsent(once, { at: '2030-01-01T00:00:00.000Z' }).consent).toEqual(once);
			}),
		);
	});

	it('does not get a moment for a mere refusal', () => {
		expect(read(false)).not.toHaveProperty('consentTimestamp');
		expect(read({ email: true, timestamp: 'yesterday' })).not.toHaveProperty('consentTimestamp');
	});

	it.each<[string, unknown, Record<string, boolean>]>([
		['Do Not Call', 'yes', { phone: false }],
		['gpc', true, { sale: false }],
		['unsubscribed', 'false', {}],
		['unsubscribe', 'https://example.com/unsubscribe', {}],
		['Newsletter', 'no', { email: false }],
		['newsletter', 'The Weekly', {}],
		['Marketing Consent', 'lieber nicht', { email: false }],
		['GDPR Consent', 'no', { email: false, phone: false, enrichment: false }],
		['sms_opt_in', ['I agree'], { sms: true }],
		['sms_opt_in', ['I agree', 'no'], { sms: false }],
		['First Name', 'Ada', {}],
	])('is found among the fields of a form: %s %j', (name, value, channels) =>
		expect(read(formConsent([{ name, value }])).channels).toEqual(channels),
	);
});

describe('the gate', () => {
	const reason = (channels: Record<string, boolean>, use: ConsentUse) => {
		const permission = mayUse({ channels }, use);
		return permission.allowed ? undefined : permission.reason;
	};

	it.each<[Record<string, boolean>, ConsentUse, string | undefined]>([
		[{}, 'enrichment', undefined],
		[{}, 'email', undefined],
		[{ enrichment: false }, 'enrichment', 'the person refused enrichment'],
		[{ enrichment: false }, 'email', undefined],
		[{ email: false }, 'email', 'the person refused email'],
		[{ email: false, phone: true }, 'enrichment', undefined],
		[{ email: false, phone: false }, 'enrichment', 'the person refused every channel'],
		[{ phone: false }, 'email', undefined],
		[
			{ sale: false, email: true },
			'enrichment',
			'the person objected to the sale or sharing of their data',
		],
	])('%j for %s: %s', (channels, use, expected) => expect(reason(channels, use)).toBe(expected));
});
