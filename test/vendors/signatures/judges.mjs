// The vendors' own packages as judges: deliveries come in as JSON lines, verdicts go out as JSON lines.
// A process of its own, because several of them are ESM only and read the clock themselves.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { URL, URLSearchParams } from 'node:url';
import * as github from '@octokit/webhooks-methods';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { WorkOS } from '@workos-inc/node';

const require = createRequire(import.meta.url);
const { Webhook: Standard } = require('standardwebhooks');
const { Webhook: Svix } = require('svix');
const Stripe = require('stripe');
const { Paddle } = require('@paddle/paddle-node-sdk');
const { Signature: HubSpot } = require('@hubspot/api-client');
const { verifySlackRequest } = require('@slack/bolt/dist/receivers/verify-request.js');
const { EventWebhook: SendGrid } = require('@sendgrid/eventwebhook');
const twilio = require('twilio');
const { exportFunctions: adobe } = require('@adobe/aio-lib-events/src/signatureUtils.js');
require('@shopify/shopify-api/adapters/node');
const { shopifyApi, LogSeverity } = require('@shopify/shopify-api');

const stripe = new Stripe('sk_test_none');
const paddle = new Paddle('pdl_sdbx_none');
const workos = new WorkOS('sk_test_none');
const shopify = (apiSecretKey) =>
	shopifyApi({
		apiKey: 'none',
		apiSecretKey,
		apiVersion: '2025-07',
		hostName: 'hooks.example.com',
		isEmbeddedApp: false,
		logger: { level: LogSeverity.Error },
	});

/** True, false, or an exception that says why not. */
const VERIFY = {
	'standard-webhooks': ({ secret, headers, text }) =>
		new Standard(secret).verify(text, headers) !== undefined || true,
	svix: ({ secret, headers, text }) => new Svix(secret).verify(text, headers) !== undefined || true,
	stripe: ({ secret, headers, bytes, now }) =>
		stripe.webhooks.signature.verifyHeader(
			bytes,
			headers['stripe-signature'],
			secret,
			300,
			undefined,
			now,
		),
	github: ({ secret, headers, text }) =>
		github.verify(secret, text, headers['x-hub-signature-256']),
	slack: ({ secret, headers, text, now }) => {
		verifySlackRequest({
			signingSecret: secret,
			body: text,
			headers: {
				'x-slack-signature': headers['x-slack-signature'],
				'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
			},
			nowMilliseconds: now,
		});
		return true;
	},
	shopify: async ({ secret, headers, text }) => {
		const rawRequest = {
			method: 'POST',
			url: '/webhook',
			headers: {
				...headers,
				'x-shopify-topic': 'customers/create',
				'x-shopify-shop-domain': 'shop.myshopify.com',
				'x-shopify-api-version': '2025-07',
				'x-shopify-webhook-id': 'w1',
			},
		};
		const rawResponse = { setHeader() {}, getHeaders: () => ({}) };
		const verdict = await shopify(secret).webhooks.validate({
			rawBody: text,
			rawRequest,
			rawResponse,
		});
		return verdict.valid;
	},
	workos: ({ secret, headers, text }) =>
		workos.webhooks.verifyHeader({
			payload: JSON.parse(text),
			sigHeader: headers['workos-signature'],
			secret,
		}),
	'hubspot-v3': ({ secret, headers, text, url, method }) =>
		HubSpot.isValid({
			signature: headers['x-hubspot-signature-v3'],
			signatureVersion: 'v3',
			method,
			clientSecret: secret,
			requestBody: text,
			url,
			timestamp: Number(headers['x-hubspot-request-timestamp']),
		}),
	paddle: ({ secret, headers, text }) =>
		paddle.webhooks.isSignatureValid(text, secret, headers['paddle-signature']),
	linear: ({ secret, headers, bytes }) =>
		new LinearWebhookClient(secret).verify(bytes, headers['linear-signature']),
	twilio: ({ secret, headers, text, url }) => {
		const signature = headers['x-twilio-signature'];
		return new URL(url).searchParams.has('bodySHA256')
			? twilio.validateRequestWithBody(secret, signature, url, text)
			: twilio.validateRequest(
					secret,
					signature,
					url,
					Object.fromEntries(new URLSearchParams(text)),
				);
	},
	sendgrid: ({ secret, headers, bytes }) => {
		const judge = new SendGrid();
		return judge.verifySignature(
			judge.convertPublicKeyToECDSA(secret),
			bytes,
			headers['x-twilio-email-event-webhook-signature'],
			headers['x-twilio-email-event-webhook-timestamp'],
		);
	},
	'adobe-io': async ({ secret, headers, text }) => {
		if (!adobe.isTargetRecipient(JSON.parse(text), 'client-1')) return false;
		const signatures = [1, 2].map((n) => headers[`x-adobe-digital-signature-${n}`]);
		return (await adobe.verifySignature(signatures, text, [secret, secret], 'client-1')) === true;
	},
};

/** What the package itself puts on the wire, where it can. */
const SIGN = {
	'standard-webhooks': ({ secret, text, now }) => ({
		'webhook-id': 'msg_2',
		'webhook-timestamp': String(Math.floor(now / 1000)),
		'webhook-signature': new Standard(secret).sign('msg_2', new Date(now), text),
	}),
	svix: ({ secret, text, now }) => ({
		'svix-id': 'msg_3',
		'svix-timestamp': String(Math.floor(now / 1000)),
		'svix-signature': new Svix(secret).sign('msg_3', new Date(now), text),
	}),
	stripe: ({ secret, text, now }) => ({
		'stripe-signature': stripe.webhooks.generateTestHeaderString({
			payload: text,
			secret,
			timestamp: Math.floor(now / 1000),
		}),
	}),
	github: async ({ secret, text }) => ({ 'x-hub-signature-256': await github.sign(secret, text) }),
	workos: async ({ secret, text, now }) => ({
		'workos-signature': `t=${now}, v1=${await workos.webhooks.computeSignature(now, JSON.parse(text), secret)}`,
	}),
	'hubspot-v3': ({ secret, text, url, now }) => ({
		'x-hubspot-request-timestamp': String(now),
		'x-hubspot-signature-v3': HubSpot.getSignature('POST', 'v3', {
			clientSecret: secret,
			requestBody: text,
			url,
			timestamp: now,
		}),
	}),
	twilio: ({ secret, text, url }) => ({
		'x-twilio-signature': twilio.getExpectedTwilioSignature(
			secret,
			url,
			Object.fromEntries(new URLSearchParams(text)),
		),
	}),
};

// Some packages log to stdout: that is for the verdicts alone.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const RealDate = Date;
let now = 0;
globalThis.Date = class extends RealDate {
	constructor(...given) {
		super(...(given.length === 0 ? [now] : given));
	}
	static now() {
		return now;
	}
};

async function answer(asked) {
	const bytes = Buffer.from(asked.body, 'base64');
	const given = { ...asked, bytes, text: bytes.toString('utf8') };
	try {
		if (asked.act === 'sign') return { headers: await SIGN[asked.judge](given) };
		return { ok: (await VERIFY[asked.judge](given)) === true };
	} catch (error) {
		return { ok: false, error: String(error.message ?? error).slice(0, 200) };
	}
}

for await (const line of createInterface({ input: process.stdin })) {
	const asked = JSON.parse(line);
	now = asked.now;
	write(`${JSON.stringify(await answer(asked))}\n`);
}
