import { normalizeRecord } from '../../../lib/domain/normalize';
import { recognise } from '../../../lib/vendors/sources/recognise';
import { NOBODY } from './recordings';

const email = 'dana@northwind-analytics.com';
const read = (payload: unknown) => {
	const [record] = recognise(payload, NOBODY).read(payload, NOBODY);
	if (!record) throw new Error('no record');
	const context = { receivedAt: '2026-11-23T15:00:00.000Z', enrichPersonal: false } as const;
	const result = normalizeRecord(record, { ...context, requires: 'any-id' });
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result;
};

const booking = {
	triggerEvent: 'BOOKING_CREATED',
	createdAt: '2026-11-23T15:00:00.000Z',
	payload: { uid: 'u1', attendees: [{ email }] },
};
const typeform = (answers: ReadonlyArray<readonly [string, boolean]>) => ({
	event_type: 'form_response',
	event_id: 'e1',
	form_response: {
		token: 't1',
		answers: [
			{ type: 'email', email, field: { id: 'a', type: 'email' } },
			...answers.map(([ref, boolean]) => ({ type: 'boolean', boolean, field: { id: ref, ref } })),
		],
	},
});

it.each<[string, unknown, Record<string, boolean>]>([
	['deep in a form', { email, data: { consent: { email: false } } }, { email: false }],
	['in capitals', { email, Consent: 'no' }, { email: false, phone: false, enrichment: false }],
	['as a box of a form', { email, marketing_consent: 'off' }, { email: false }],
	[
		'beside an opt-out',
		{ email, consent: { email: true }, do_not_call: 1 },
		{ email: true, phone: false },
	],
	[
		'in the body of a HubSpot workflow',
		{ contact_id: 151, event_type: 'contact_created', email, consent: { phone: false } },
		{ phone: false },
	],
	[
		'as a changed property of HubSpot',
		{
			subscriptionType: 'contact.propertyChange',
			portalId: 1,
			occurredAt: 1_764_000_000_000,
			objectId: 151,
			propertyName: 'hs_email_optout',
			propertyValue: 'true',
		},
		{ email: false },
	],
	[
		'as an answer to Cal.com',
		{
			...booking,
			payload: { ...booking.payload, responses: { 'do-not-call': { label: '?', value: true } } },
		},
		{ phone: false },
	],
	[
		'as an answer to Calendly',
		{
			event: 'invitee.created',
			created_by: 'https://api.calendly.com/users/1',
			payload: {
				uri: 'https://api.calendly.com/invitees/1',
				email,
				questions_and_answers: [{ question: 'Marketing consent?', answer: 'No' }],
			},
		},
		{ email: false },
	],
	[
		'in two answers to Typeform',
		typeform([
			['newsletter', true],
			['phone_consent', false],
			['do_not_sell', true],
		]),
		{ email: true, phone: false, sale: false },
	],
	[
		'in the variables of Mailgun',
		{
			signature: {},
			'event-data': {
				event: 'opened',
				id: 'm1',
				timestamp: 1_764_000_000.5,
				recipient: email,
				'user-variables': { do_not_sell: 'yes' },
			},
		},
		{ sale: false },
	],
	[
		'in the arguments of SendGrid',
		[{ email, event: 'open', sg_event_id: 's1', timestamp: 1_764_000_000, sms_opt_out: 'yes' }],
		{ sms: false },
	],
])('finds what is said about consent %s', (_name, payload, channels) =>
	expect(read(payload).lead.consent.channels).toEqual(channels),
);

it('takes for a no what it cannot read, says so, and keeps the words', () => {
	const consent = { email: true, phone: 'lieber nicht', ip: '203.0.113.7' };
	const { lead, problems } = read({ email, consent });
	expect(lead.consent).toMatchObject({
		channels: { email: true, phone: false },
		history: [{}, { channel: 'phone', allowed: false, text: 'lieber nicht' }],
	});
	expect(lead.custom).toEqual({ consent: { ip: '203.0.113.7' } });
	expect(lead.shouldEnrich).toBe(true);
	expect(problems).toEqual([
		{
			field: 'consent',
			value: '"{"phone":"lieber nicht"}"',
			reason: 'cannot be read, and is taken for what allows least',
		},
	]);
	expect(read(lead)).toEqual({ ok: true, lead, problems: [] });
});

it('keeps one answer that cannot be read among others that can', () => {
	const consent = [{ email: true }, 'mal sehen'];
	const { lead } = read({ email, consent });
	expect(lead).toMatchObject({
		consent: { channels: { email: true } },
		custom: { unread: { consent: 'mal sehen' } },
		shouldEnrichReason: 'no_consent',
	});
	expect(read(lead).lead).toEqual(lead);
});

describe('what has a second value', () => {
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['a second address', { email, work_email: 'd@acme.de' }, { work_email: 'd@acme.de' }],
		['a second number', { email, phone: '+4930123456', mobile: '0151' }, { mobile: '0151' }],
		['the better of two', { work_email: 'd@acme.de', email }, { work_email: 'd@acme.de' }],
		['a list', { email, company: ['Acme', 'Other'] }, { company: ['Acme', 'Other'] }],
		['the same again', { email, 'E-Mail': ` ${email}`, Mail: '' }, {}],
		[
			'a mobile number at HubSpot',
			{ vid: 1, properties: { email, phone: '+4930123456', mobilephone: '+49151' } },
			{ mobilephone: '+49151' },
		],
	])('keeps %s', (_name, payload, custom) => expect(read(payload).lead.custom).toEqual(custom));
});
