import { createHmac, randomUUID, sign as signWith } from 'node:crypto';
import { ADOBE_KEY_PATH, adobeKey, sendgridKey } from './sender-keys';

export const SCHEMES = [
	'standard-webhooks',
	'hubspot-v3',
	'stripe',
	'typeform',
	'sendgrid',
	'adobe-io',
	'slack',
	'github',
	'shopify',
	'calendly',
	'generic',
] as const;

export type Scheme = (typeof SCHEMES)[number];

export interface ToSign {
	readonly scheme: Scheme;
	/** `whsec_` + base64 for standard-webhooks; the others take the text as it is. Not asked of senders with a key pair. */
	readonly secret: string;
	/** Exactly as it is sent. */
	readonly body: string;
	/** Epoch ms. */
	readonly at: number;
	/** The sender's id of the message, where a header has it. Default: random. */
	readonly id?: string | undefined;
	/** hubspot-v3 signs them too. */
	readonly method?: string;
	readonly url?: string;
}

/** The headers that prove where an event comes from, as the sender would make them. */
export function sign(message: ToSign): Record<string, string> {
	return schemes[message.scheme](message);
}

const hmac = (secret: string | Buffer, content: string) =>
	createHmac('sha256', secret).update(content);
const seconds = (at: number) => String(Math.floor(at / 1000));

const schemes = {
	/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
	'standard-webhooks': ({ secret, body, at, id = `msg_${randomUUID()}` }) => {
		const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
		const signature = hmac(key, `${id}.${seconds(at)}.${body}`).digest('base64');
		return {
			'webhook-id': id,
			'webhook-timestamp': seconds(at),
			'webhook-signature': `v1,${signature}`,
		};
	},
	/** https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
	'hubspot-v3': ({ secret, body, at, method = 'POST', url = '' }) => ({
		'x-hubspot-signature-v3': hmac(secret, `${method}${url}${body}${at}`).digest('base64'),
		'x-hubspot-request-timestamp': String(at),
	}),
	/** https://docs.stripe.com/webhooks#verify-manually: the key is the whole secret, whsec_ included. */
	stripe: ({ secret, body, at }) => ({
		'stripe-signature': `t=${seconds(at)},v1=${hmac(secret, `${seconds(at)}.${body}`).digest('hex')}`,
	}),
	/** https://www.typeform.com/developers/webhooks/secure-your-webhooks/ */
	typeform: ({ secret, body }) => ({
		'typeform-signature': `sha256=${hmac(secret, body).digest('base64')}`,
	}),
	/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features */
	sendgrid: ({ body, at }) => ({
		'x-twilio-email-event-webhook-timestamp': seconds(at),
		'x-twilio-email-event-webhook-signature': signWith(
			'sha256',
			Buffer.from(`${seconds(at)}${body}`),
			sendgridKey,
		).toString('base64'),
	}),
	/** https://developer.adobe.com/events/docs/guides/#security-considerations: two keys, so that one can be changed. */
	'adobe-io': ({ body, id = randomUUID() }) => ({
		'x-adobe-event-id': id,
		'x-adobe-digital-signature-1': signWith('sha256', Buffer.from(body), adobeKey).toString(
			'base64',
		),
		'x-adobe-public-key1-path': ADOBE_KEY_PATH,
	}),
	/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
	slack: ({ secret, body, at }) => ({
		'x-slack-request-timestamp': seconds(at),
		'x-slack-signature': `v0=${hmac(secret, `v0:${seconds(at)}:${body}`).digest('hex')}`,
	}),
	/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
	github: ({ secret, body, id = randomUUID() }) => ({
		'x-github-delivery': id,
		'x-github-event': 'push',
		'x-hub-signature-256': `sha256=${hmac(secret, body).digest('hex')}`,
	}),
	/** https://shopify.dev/docs/apps/build/webhooks/subscribe/https */
	shopify: ({ secret, body, id = randomUUID() }) => ({
		'x-shopify-event-id': id,
		'x-shopify-hmac-sha256': hmac(secret, body).digest('base64'),
	}),
	/** https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures */
	calendly: ({ secret, body, at }) => ({
		'calendly-webhook-signature': `t=${seconds(at)},v1=${hmac(secret, `${seconds(at)}.${body}`).digest('hex')}`,
	}),
	generic: ({ secret, body }) => ({
		'x-signature': `sha256=${hmac(secret, body).digest('hex')}`,
	}),
} satisfies Record<Scheme, (message: ToSign) => Record<string, string>>;
