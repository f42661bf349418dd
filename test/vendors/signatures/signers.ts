import { createHmac } from 'node:crypto';

/** What a sender puts on the wire; `body` and `url` where signing changes them. */
export interface Sent {
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Buffer;
	readonly url?: string;
}

export interface Circumstances {
	/** Epoch ms. */
	readonly now: number;
	readonly url: string;
}

/** A sender by its documents alone: nothing of the package is used here. */
export type Signer = (body: Buffer, secret: string, at: Circumstances) => Sent;

/** A body as the sender makes it, and a secret of its kind. */
export interface Sample {
	readonly secret: string;
	readonly body: (now: number) => string;
}

const mac = (algorithm: string, key: string | Buffer, ...pieces: ReadonlyArray<string | Buffer>) =>
	pieces.reduce<ReturnType<typeof createHmac>>(
		(hash, piece) => hash.update(piece),
		createHmac(algorithm, key),
	);

const seconds = (now: number) => String(Math.floor(now / 1000));

const bodyHex =
	(header: string, prefix = '', algorithm = 'sha256'): Signer =>
	(body, secret) => ({
		headers: { [header]: prefix + mac(algorithm, secret, body).digest('hex') },
	});

const bodyBase64 =
	(header: string, prefix = ''): Signer =>
	(body, secret) => ({
		headers: { [header]: prefix + mac('sha256', secret, body).digest('base64') },
	});

export const SIGNERS: Readonly<Record<string, Signer>> = {
	attio: bodyHex('attio-signature'),
	calcom: bodyHex('x-cal-signature-256'),
	calendly: (body, secret, { now }) => {
		const t = seconds(now);
		const v1 = mac('sha256', secret, `${t}.`, body).digest('hex');
		return { headers: { 'calendly-webhook-signature': `t=${t},v1=${v1}` } };
	},
	clearbit: (body, secret) =>
		bodyHex('x-request-signature', 'sha1=', 'sha1')(body, secret.slice(3), { now: 0, url: '' }),
	close: (body, secret, { now }) => {
		const t = seconds(now);
		const hash = mac('sha256', Buffer.from(secret, 'hex'), t, body).digest('hex');
		return { headers: { 'close-sig-hash': hash, 'close-sig-timestamp': t } };
	},
	customerio: (body, secret, { now }) => {
		const t = seconds(now);
		const signature = mac('sha256', secret, `v0:${t}:`, body).digest('hex');
		return { headers: { 'x-cio-signature': signature, 'x-cio-timestamp': t } };
	},
	docusign: bodyBase64('x-docusign-signature-1'),
	fullenrich: bodyHex('x-signature-sha1', '', 'sha1'),
	github: bodyHex('x-hub-signature-256', 'sha256='),
	'google-ads': (body, secret) => ({
		headers: {},
		body: Buffer.from(
			body
				.toString('utf8')
				.replace(/"google_key":"[^"]*"/, `"google_key":${JSON.stringify(secret)}`),
		),
	}),
	hookdeck: bodyBase64('x-hookdeck-signature'),
	'hubspot-v3': (body, secret, { now, url }) => ({
		headers: {
			'x-hubspot-signature-v3': mac('sha256', secret, `POST${url}`, body, String(now)).digest(
				'base64',
			),
			'x-hubspot-request-timestamp': String(now),
		},
	}),
	intercom: bodyHex('x-hub-signature', 'sha1=', 'sha1'),
	klaviyo: (body, secret, { now }) => {
		const t = new Date(now).toUTCString();
		const signature = mac('sha256', secret, body, t).digest('hex');
		const id = /"klaviyo_webhook_id":"(\w+)"/.exec(body.toString('utf8'))?.[1] ?? '01HK';
		return {
			headers: {
				'klaviyo-signature': signature,
				'klaviyo-timestamp': t,
				'klaviyo-webhook-id': id,
			},
		};
	},
	linear: bodyHex('linear-signature'),
	linkedin: (body, secret) => ({
		headers: { 'x-li-signature': mac('sha256', secret, 'hmacsha256=', body).digest('hex') },
	}),
	lusha: (body, secret, { now }) => {
		const t = seconds(now);
		const signature = mac('sha256', secret, `${t}.`, body).digest('hex');
		return { headers: { 'x-lusha-signature': signature, 'x-lusha-timestamp': t } };
	},
	meta: bodyHex('x-hub-signature-256', 'sha256='),
	outpost: bodyHex('x-outpost-signature', 'v0='),
	'outpost-legacy': (body, secret, { now }) => {
		const t = seconds(now);
		const v0 = mac('sha256', secret, `${t}.`, body).digest('hex');
		return { headers: { 'x-outpost-signature': `t=${t},v0=${v0}` } };
	},
	paddle: (body, secret, { now }) => {
		const ts = seconds(now);
		const h1 = mac('sha256', secret, `${ts}:`, body).digest('hex');
		return { headers: { 'paddle-signature': `ts=${ts};h1=${h1}` } };
	},
	shopify: bodyBase64('x-shopify-hmac-sha256'),
	slack: (body, secret, { now }) => {
		const t = seconds(now);
		const signature = `v0=${mac('sha256', secret, `v0:${t}:`, body).digest('hex')}`;
		return { headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': t } };
	},
	'standard-webhooks': (body, secret, { now }) => {
		const [id, t] = ['msg_1', seconds(now)];
		const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
		const v1 = mac('sha256', key, `${id}.${t}.`, body).digest('base64');
		return {
			headers: { 'webhook-id': id, 'webhook-timestamp': t, 'webhook-signature': `v1,${v1}` },
		};
	},
	stripe: (body, secret, { now }) => {
		const t = seconds(now);
		const v1 = mac('sha256', secret, `${t}.`, body).digest('hex');
		return { headers: { 'stripe-signature': `t=${t},v1=${v1}` } };
	},
	tally: bodyBase64('tally-signature'),
	typeform: bodyBase64('typeform-signature', 'sha256='),
	webflow: (body, secret, { now }) => {
		const t = String(now);
		const signature = mac('sha256', secret, `${t}:`, body).digest('hex');
		return { headers: { 'x-webflow-signature': signature, 'x-webflow-timestamp': t } };
	},
	workos: (body, secret, { now }) => {
		const v1 = mac('sha256', secret, `${now}.`, body).digest('hex');
		return { headers: { 'workos-signature': `t=${now}, v1=${v1}` } };
	},
	zendesk: (body, secret, { now }) => {
		const t = new Date(now).toISOString();
		const signature = mac('sha256', secret, t, body).digest('base64');
		return {
			headers: {
				'x-zendesk-webhook-signature': signature,
				'x-zendesk-webhook-signature-timestamp': t,
			},
		};
	},
	zoom: (body, secret, { now }) => {
		const t = seconds(now);
		const signature = `v0=${mac('sha256', secret, `v0:${t}:`, body).digest('hex')}`;
		return { headers: { 'x-zm-signature': signature, 'x-zm-request-timestamp': t } };
	},
};

/** Bytes that a JSON round trip would change, as senders really send them. */
const LEAD =
	'{"amount":1.0, "name":"Zo\\u00eb \\ud83d\\ude80",\r\n "email":"zoë@example.com" }\r\n';

const plain = (secret: string): Sample => ({ secret, body: () => LEAD });

export const SAMPLES: Readonly<Record<string, Sample>> = {
	attio: plain('attio-secret-1'),
	calcom: plain('calcom-secret-1'),
	calendly: plain('calendly-signing-key-1'),
	clearbit: plain('sk_0123456789abcdef'),
	close: plain('058bfb6a3d8cfdc4da7c3be5901b16ae11da982b46a25fb2cd7016e97a140a1c'),
	customerio: plain('cio-signing-key-1'),
	docusign: plain('docusign-connect-key-1'),
	fullenrich: plain('fullenrich-api-key-1'),
	github: plain('github-secret-1'),
	'google-ads': {
		secret: 'google-key-1',
		body: () =>
			'{"lead_id":"TeSter-123","user_column_data":[{"column_id":"EMAIL","string_value":"zo\\u00eb@example.com"}],"google_key":"google-key-1", "is_test":false}',
	},
	hookdeck: plain('hookdeck-signing-1'),
	'hubspot-v3': plain('yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'),
	intercom: plain('intercom-client-secret-1'),
	klaviyo: {
		secret: 'klaviyo-secret-of-16+',
		body: () =>
			'{"data":[{"topic":"event:klaviyo.sent_sms","external_id":"e1","payload":{"amount":1.0}}],"meta":{"klaviyo_webhook_id":"01HK","timestamp":"2023-11-14T22:13:20+00:00"}}',
	},
	linear: {
		secret: 'lin_wh_secret_1',
		body: (now) =>
			`{"action":"create", "type":"Issue","createdAt":"2023-11-14T22:13:20.000Z","webhookTimestamp":${now}}`,
	},
	linkedin: plain('linkedin-client-secret-1'),
	lusha: plain('lusha-account-secret-1'),
	meta: plain('meta-app-secret-1'),
	outpost: plain('outpost-secret-1'),
	'outpost-legacy': plain('outpost-secret-1'),
	paddle: plain('pdl_ntfset_01hdemo_secret'),
	shopify: plain('shopify-client-secret-1'),
	slack: plain('8f742231b10e8888abcd99yyyzzz85a5'),
	'standard-webhooks': plain(`whsec_${Buffer.alloc(32, 7).toString('base64')}`),
	stripe: plain('whsec_test_secret'),
	tally: plain('tally-secret-1'),
	typeform: plain('typeform-secret-1'),
	webflow: plain('webflow-client-secret-1'),
	workos: plain('workos-secret-1'),
	zendesk: plain('dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='),
	zoom: plain('zoom-secret-token-1'),
};
