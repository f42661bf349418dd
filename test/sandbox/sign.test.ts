import { createHmac } from 'node:crypto';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { secrets } from '../../sandbox/secrets';
import { sendgridPublicKey } from '../../sandbox/sender-keys';
import { sign } from '../../sandbox/sign';

const body = '{"event":"webform_submitted","name":"Żółć"}';

describe('sign', () => {
	it('is accepted by the reference implementation of Standard Webhooks', () => {
		const headers = sign({
			scheme: 'standard-webhooks',
			secret: secrets.webhookSecret,
			body,
			at: Date.now(),
			id: 'msg_1',
		});
		expect(new Webhook(secrets.webhookSecret).verify(body, headers)).toMatchObject({
			event: 'webform_submitted',
		});
	});

	it('signs HubSpot v3 over method, address, body and time', () => {
		const url = 'https://n8n.acme-handoff.com/webhook/lead';
		const headers = sign({ scheme: 'hubspot-v3', secret: 's', body, at: 1_795_000_000_000, url });
		const expected = createHmac('sha256', 's').update(`POST${url}${body}1795000000000`);
		expect(headers).toEqual({
			'x-hubspot-signature-v3': expected.digest('base64'),
			'x-hubspot-request-timestamp': '1795000000000',
		});
	});

	it('signs the body alone in the generic scheme', () => {
		// printf '%s' 'hello' | openssl dgst -sha256 -hmac key
		expect(sign({ scheme: 'generic', secret: 'key', body: 'hello', at: 0 })).toEqual({
			'x-signature': 'sha256=9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b',
		});
	});

	it('signs Slack as its documents show', () => {
		// https://docs.slack.dev/authentication/verifying-requests-from-slack
		const slackBody =
			'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
		const secret = '8f742231b10e8888abcd99yyyzzz85a5';
		const at = 1_531_420_618_000;
		expect(sign({ scheme: 'slack', secret, body: slackBody, at })).toEqual({
			'x-slack-request-timestamp': '1531420618',
			'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
		});
	});

	it('signs GitHub as its documents show', () => {
		// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
		const secret = "It's a Secret to Everybody";
		expect(sign({ scheme: 'github', secret, body: 'Hello, World!', at: 0, id: 'd' })).toMatchObject(
			{
				'x-hub-signature-256':
					'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
				'x-github-delivery': 'd',
			},
		);
	});

	it("is accepted by Stripe's own library", () => {
		const secret = secrets.webhookSecret;
		const signature = sign({ scheme: 'stripe', secret, body, at: Date.now() })['stripe-signature'];
		const { webhooks } = new Stripe('sk_test');
		expect(webhooks.constructEvent(body, signature ?? '', secret)).toMatchObject({ name: 'Żółć' });
	});

	it("is accepted by SendGrid's own library", () => {
		const headers = sign({ scheme: 'sendgrid', secret: '', body, at: Date.now() });
		const judge = new EventWebhook();
		const [signature = '', timestamp = ''] = ['signature', 'timestamp'].map(
			(name) => headers[`x-twilio-email-event-webhook-${name}`],
		);
		const key = judge.convertPublicKeyToECDSA(sendgridPublicKey);
		expect(judge.verifySignature(key, body, signature, timestamp)).toBe(true);
		expect(judge.verifySignature(key, `${body} `, signature, timestamp)).toBe(false);
	});

	it.each(['typeform', 'shopify'] as const)('signs %s over the body, in base64', (scheme) => {
		// printf '%s' 'hello' | openssl dgst -sha256 -hmac key -binary | base64
		const headers = sign({ scheme, secret: 'key', body: 'hello', at: 0 });
		expect(Object.values(headers).join()).toContain('kwezuRXvtRcf8U2MtV+8x5jGwO8UVtZt7RpqpyOli3s=');
	});

	it('signs Calendly over time and body', () => {
		const headers = sign({ scheme: 'calendly', secret: 'key', body: 'x', at: 5_000 });
		const expected = createHmac('sha256', 'key').update('5.x').digest('hex');
		expect(headers).toEqual({ 'calendly-webhook-signature': `t=5,v1=${expected}` });
	});
});
