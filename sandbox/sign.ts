import { createHmac, randomUUID } from 'node:crypto';

export const SCHEMES = ['standard-webhooks', 'hubspot-v3', 'generic'] as const;

export type Scheme = (typeof SCHEMES)[number];

export interface ToSign {
	readonly scheme: Scheme;
	/** `whsec_` + base64 for standard-webhooks; the others take the text as it is. */
	readonly secret: string;
	/** Exactly as it is sent. */
	readonly body: string;
	/** Epoch ms. */
	readonly at: number;
	/** The message id of standard-webhooks. Default: random. */
	readonly id?: string | undefined;
	/** hubspot-v3 signs them too. */
	readonly method?: string;
	readonly url?: string;
}

/** The headers that prove where an event comes from, as the sender would make them. */
export function sign(message: ToSign): Record<string, string> {
	return schemes[message.scheme](message);
}

const schemes = {
	/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
	'standard-webhooks': ({ secret, body, at, id = `msg_${randomUUID()}` }) => {
		const timestamp = String(Math.floor(at / 1000));
		const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
		const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
		return {
			'webhook-id': id,
			'webhook-timestamp': timestamp,
			'webhook-signature': `v1,${signature.digest('base64')}`,
		};
	},
	/** https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
	'hubspot-v3': ({ secret, body, at, method = 'POST', url = '' }) => {
		const signature = createHmac('sha256', secret).update(`${method}${url}${body}${at}`);
		return {
			'x-hubspot-signature-v3': signature.digest('base64'),
			'x-hubspot-request-timestamp': String(at),
		};
	},
	generic: ({ secret, body }) => ({
		'x-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
	}),
} satisfies Record<Scheme, (message: ToSign) => Record<string, string>>;
