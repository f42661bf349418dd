import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { compile } from '../../../lib/vendors/signatures/generic/template';
import { receive, type Delivery } from '../../../lib/domain/signature/received';
import { verify } from '../../../lib/domain/signature/verify';
import { sendgrid } from '../../../lib/vendors/signatures/sendgrid';
import { sortedFields } from '../../../lib/vendors/signatures/sorted-fields';
import { twilio } from '../../../lib/vendors/signatures/twilio';
import { zendesk } from '../../../lib/vendors/signatures/zendesk';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const SECRET = 'a secret';
const none = { secrets: [], publicKeys: [], expectedIds: [] };
const delivery = (headers: Record<string, string>, body: string): Delivery => ({
	method: 'POST',
	url: 'https://hooks.example.com/lead',
	headers,
	body: Buffer.from(body),
});

describe('what is signed without anything between its parts does not move', () => {
	it('SendGrid: a digit of the time into the body', () => {
		const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const body = '[{"sg_event_id":"a"}]';
		const time = '1772452800';
		const signature = sign('sha256', Buffer.from(time + body), privateKey).toString('base64');
		const keys = [publicKey.export({ type: 'spki', format: 'pem' })].map(String);
		const judge = (at: number) =>
			verify(
				sendgrid,
				delivery(
					{
						'x-twilio-email-event-webhook-signature': signature,
						'x-twilio-email-event-webhook-timestamp': (time + body).slice(0, at),
					},
					(time + body).slice(at),
				),
				{ ...none, publicKeys: keys },
				{ now: NOW },
			);
		expect(judge(10)).toMatchObject({ ok: true });
		for (let at = 1; at < 10; at += 1)
			expect(judge(at)).toEqual({ ok: false, reason: 'MALFORMED_TIMESTAMP' });
	});

	it('Zendesk: the end of the time into the body', () => {
		const whole = '2026-03-02T12:00:00Z{"id":"1"}';
		const signature = createHmac('sha256', SECRET).update(whole).digest('base64');
		const judge = (at: number) =>
			verify(
				zendesk,
				delivery(
					{
						'x-zendesk-webhook-signature': signature,
						'x-zendesk-webhook-signature-timestamp': whole.slice(0, at),
					},
					whole.slice(at),
				),
				{ ...none, secrets: [SECRET] },
				{ now: NOW },
			).ok;
		expect(judge(20)).toBe(true);
		for (let at = 1; at < 20; at += 1) expect([at, judge(at)]).toEqual([at, false]);
	});
});

describe('a forged form of 100,000 names', () => {
	const names = Array.from({ length: 100_000 }, (_, index) => index.toString(36));
	const form = delivery(
		{
			'x-twilio-signature': Buffer.alloc(20).toString('base64'),
			'content-type': 'application/x-www-form-urlencoded',
		},
		names.join('&'),
	);

	// One pass takes a second at most; looking each name up in the list takes minutes.
	it('is refused at once', () => {
		const judged = verify(twilio, form, { ...none, secrets: [SECRET, 'another'] }, { now: NOW });
		expect(judged).toEqual({ ok: false, reason: 'MISMATCH' });
		const template = compile('{form}');
		if ('unknown' in template) throw new Error('{form} is not known');
		const content = template.fill(receive(form), { signatures: [] });
		expect(content.join('')).toHaveLength(names.join('').length);
	}, 10_000);

	it('is written as a short one is: names and values sorted, each once', () => {
		expect(sortedFields(new URLSearchParams('b=2&a=y&b=1&a=x&b=2'))).toBe('axayb1b2');
	});
});
