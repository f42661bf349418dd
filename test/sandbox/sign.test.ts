import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { secrets } from '../../sandbox/secrets';
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
});
