import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { sign as signToken } from 'jsonwebtoken';
import type { Material } from '../../../lib/domain/signature/scheme';
import type { Circumstances, Sample, Signer } from './signers';

/** Keys of senders that sign with one half and publish the other. */
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = { type: 'spki', format: 'pem' } as const;
export const RSA_PEM = rsa.publicKey.export(pem).toString();
export const RSA_PRIVATE = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const JWKS = JSON.stringify({
	keys: [{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
});
export const ADOBE_KEY_PATH = '/prod/keys/pub-key-a1B2-c3.pem';
export const GRAPH_KEYS = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';

const seconds = (now: number) => String(Math.floor(now / 1000));

/** PHP's and JavaScript's way of the vendors' samples: names in order, then name and value. */
function joined(body: Buffer): string {
	const fields = [...new URLSearchParams(body.toString('utf8'))];
	const once = new Map(fields.map(([name, value]) => [`${name}\0${value}`, name + value]));
	return [...once.keys()]
		.sort()
		.map((key) => once.get(key))
		.join('');
}

const formMac =
	(header: string): Signer =>
	(body, secret, { url }) => ({
		headers: {
			[header]: createHmac('sha1', secret)
				.update(url + joined(body))
				.digest('base64'),
			'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
		},
	});

const inUrl: Signer = (_, secret, { url }) => ({
	headers: {},
	url: `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(secret)}`,
});

const inHeader =
	(header: string): Signer =>
	(_, secret) => ({ headers: { [header]: secret } });

const basic: Signer = (_, secret) => ({
	headers: { authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
});

const bearer: Signer = (_, secret) => ({ headers: { authorization: `Bearer ${secret}` } });

const plainHash =
	(version: 'v1' | 'v2', before: (at: Circumstances) => string): Signer =>
	(body, secret, at) => ({
		headers: {
			'x-hubspot-signature': createHash('sha256')
				.update(secret + before(at))
				.update(body)
				.digest('hex'),
			'x-hubspot-signature-version': version,
		},
	});

export const SIGNERS_MORE: Readonly<Record<string, Signer>> = {
	'hubspot-v1': plainHash('v1', () => ''),
	'hubspot-v2': plainHash('v2', ({ url }) => `POST${url}`),
	twilio: formMac('x-twilio-signature'),
	mandrill: formMac('x-mandrill-signature'),
	mailgun: (body, secret, { now }) => {
		const [timestamp, token] = [seconds(now), 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0'];
		const signature = createHmac('sha256', secret)
			.update(timestamp + token)
			.digest('hex');
		const told = JSON.parse(body.toString('utf8')) as object;
		return {
			headers: {},
			body: Buffer.from(JSON.stringify({ signature: { timestamp, token, signature }, ...told })),
		};
	},
	segment: (body, secret) => ({
		headers: { 'x-signature': createHmac('sha1', secret).update(body).digest('hex') },
	}),
	'segment-batch': (body, secret) => {
		const [first] = JSON.parse(body.toString('utf8')) as unknown[];
		const signature = createHmac('sha1', secret).update(JSON.stringify(first)).digest('hex');
		return { headers: { 'x-signature': signature } };
	},
	sendgrid: (body, _, { now }) => ({
		headers: {
			'x-twilio-email-event-webhook-signature': sign(
				'sha256',
				Buffer.concat([Buffer.from(seconds(now)), body]),
				ec.privateKey,
			).toString('base64'),
			'x-twilio-email-event-webhook-timestamp': seconds(now),
		},
	}),
	'adobe-io': (body) => ({
		headers: {
			'x-adobe-digital-signature-1': sign('sha256', body, rsa.privateKey).toString('base64'),
			'x-adobe-public-key1-path': ADOBE_KEY_PATH,
		},
	}),
	'google-channel': (_, secret) => ({
		headers: {
			'x-goog-channel-id': 'channel-1',
			'x-goog-channel-token': secret,
			'x-goog-resource-state': 'exists',
			'x-goog-message-number': '10',
		},
	}),
	'microsoft-graph': (body, secret, { now }) => {
		const claims = {
			aud: 'app-1',
			iss: 'https://sts.windows.net/t1/',
			appid: '0bf30f3b-4a52-48df-9a82-234910c4a086',
			exp: Math.floor(now / 1000) + 3600,
			nbf: Math.floor(now / 1000) - 60,
		};
		const token = signToken(claims, RSA_PRIVATE, {
			algorithm: 'RS256',
			keyid: 'k1',
			noTimestamp: true,
		});
		const text = body.toString('utf8').replaceAll('CLIENT-STATE', secret).replace('TOKEN', token);
		return { headers: {}, body: Buffer.from(text) };
	},
	'salesforce-outbound': () => ({ headers: {} }),
	mailchimp: inUrl,
	activecampaign: inUrl,
	apollo: inUrl,
	'url-token': inUrl,
	marketo: inHeader('x-marketo-token'),
	clay: inHeader('x-webhook-secret'),
	zoominfo: inHeader('x-zoominfo-token'),
	'static-header': inHeader('x-api-key'),
	pipedrive: basic,
	basic,
	bearer,
	rudderstack: bearer,
	jwt: (_, secret, { now }) => ({
		headers: {
			authorization: `Bearer ${signToken({ iss: 'crm', aud: 'n8n', exp: Math.floor(now / 1000) + 300 }, secret, { algorithm: 'HS256', noTimestamp: true })}`,
		},
	}),
	'generic-hmac': (body, secret, { now, url }) => ({
		headers: {
			'x-sig': `t=${now};s=${createHmac('sha384', secret).update(`${now}\nPOST\n${url}\n`).update(createHash('sha256').update(body).digest('hex')).digest('base64url')}`,
		},
	}),
};

const LEAD =
	'{"amount":1.0, "name":"Zo\\u00eb \\ud83d\\ude80",\r\n "email":"zoë@example.com" }\r\n';
const HUBSPOT =
	'[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123},\n {"eventId":2,"portalId":62515,"occurredAt":1564113600001,"subscriptionType":"contact.creation","objectId":1.0}]';
const TRACK =
	'{"type":"track","event":"Demo Requested","messageId":"ajs-1","userId":"u1","properties":{"plan":"pro"}}';

const sample = (secret: string, body = LEAD): Sample => ({ secret, body: () => body });

export const SAMPLES_MORE: Readonly<Record<string, Sample>> = {
	'hubspot-v1': sample('11111111-yyyy-yyyy-yyyy-yyyyyyyyyyyy', HUBSPOT),
	'hubspot-v2': sample('22222222-yyyy-yyyy-yyyy-yyyyyyyyyyyy', HUBSPOT),
	twilio: sample(
		'12345',
		'MessageSid=SM1&From=%2B14158675309&Body=Caf%C3%A9+n%C2%B01&SmsStatus=received&Tag=b&Tag=a&Tag=b',
	),
	mandrill: sample(
		'mandrill_key',
		`mandrill_events=${encodeURIComponent('[{"event":"send","ts":1700000000,"_id":"x","msg":{"email":"a@b.co"}}]')}`,
	),
	mailgun: sample(
		'key-mailgun',
		'{"event-data":{"event":"opened","id":"CPgfbm","timestamp":1529006854.329574,"recipient":"zoë@example.com"}}',
	),
	segment: sample('segment-secret', TRACK),
	'segment-batch': sample('segment-secret', `[${TRACK},${TRACK.replace('ajs-1', 'ajs-2')}]`),
	sendgrid: sample(
		'',
		'[{"email":"a@b.co","event":"open","sg_event_id":"ZHJ","timestamp":1600112492}]\r\n',
	),
	'adobe-io': sample(
		'',
		'[{"specversion":"1.0","id":"e-1","type":"lead.updated","time":"2026-01-05T10:00:00Z","recipientclientid":"client-1"},\r\n{"id":"e-2","recipientclientid":"client-1"}]',
	),
	'google-channel': sample('target=n8n-1', ''),
	'microsoft-graph': sample(
		'cs-secret',
		'{"value":[{"subscriptionId":"s1","clientState":"CLIENT-STATE","changeType":"created","tenantId":"t1","resourceData":{"id":"e1","@odata.etag":"W/\\"1\\""}},{"subscriptionId":"s1","clientState":"CLIENT-STATE","lifecycleEvent":"missed"}],"validationTokens":["TOKEN"]}',
	),
	'salesforce-outbound': sample(
		'',
		'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D000000000001EAA</OrganizationId><ActionId>04k000000000001AAA</ActionId><SessionId xsi:nil="true"/><Notification><Id>04l000000000001AAA</Id><sObject xsi:type="sf:Lead"><sf:Id>00Q000000000001AAA</sf:Id><sf:Company>Smith &amp; Co</sf:Company></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>',
	),
	mailchimp: sample(
		'tok_9f',
		'type=subscribe&fired_at=2009-03-26+21%3A35%3A57&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054',
	),
	activecampaign: sample(
		'tok_9f',
		'type=subscribe&date_time=2026-01-05T10%3A00%3A00-06%3A00&contact%5Bid%5D=7',
	),
	apollo: sample(
		'tok_9f',
		'{"request_id":"1039995589705121900","request_completed":"2026-01-08T08:10:56Z","people":[{"id":"p1"}]}',
	),
	'url-token': sample('tok_9f'),
	marketo: sample('mk-token'),
	clay: sample('clay-token'),
	zoominfo: sample('zi-token', '[{"personId":1},{"personId":2}]'),
	'static-header': sample('static-token'),
	pipedrive: sample(
		'pd:p:w',
		'{"meta":{"version":"2.0","id":"u-1","action":"create","entity":"deal","timestamp":"2023-01-01T00:00:00.000Z"},"data":{"id":1}}',
	),
	basic: sample('user:p:w'),
	bearer: sample('sec_apikeysecret'),
	rudderstack: sample('rs-token', TRACK),
	jwt: sample('jwt-secret'),
	'generic-hmac': sample('generic-secret'),
};

/** Settings for the schemes that are made from some. */
export const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'static-header': { header: 'X-Api-Key' },
	'url-token': {},
	jwt: { algorithm: 'HS256', issuer: 'crm' },
	'generic-hmac': {
		signatureHeader: 'X-Sig',
		signatureForm: 'pairs',
		separator: ';',
		signatureKey: 's',
		timestampKey: 't',
		timestampUnit: 'ms',
		algorithm: 'sha384',
		encoding: 'base64url',
		signedContent: '{timestamp}{newline}{method}{newline}{url}{newline}{body:sha256:hex}',
	},
};

/** What the credential of such a user holds. */
const MATERIALS: Readonly<Record<string, Partial<Material>>> = {
	sendgrid: {
		publicKeys: [ec.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
	},
	'adobe-io': {
		expectedIds: ['client-1'],
		fetched: new Map([[`https://static.adobeioevents.com${ADOBE_KEY_PATH}`, RSA_PEM]]),
	},
	'google-channel': { expectedIds: ['channel-1'] },
	'microsoft-graph': { expectedIds: ['app-1'], fetched: new Map([[GRAPH_KEYS, JWKS]]) },
	'salesforce-outbound': { expectedIds: ['00D000000000001'] },
	jwt: { expectedIds: ['n8n'] },
};

export const materialFor = (id: string, secret: string): Material => ({
	secrets: secret === '' ? [] : [secret],
	publicKeys: [],
	expectedIds: [],
	...MATERIALS[id],
});
