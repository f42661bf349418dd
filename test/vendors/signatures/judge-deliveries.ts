import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { Delivery } from '../../../lib/domain/signature/received';
import { NOW, URL } from './genuine';
import { opened } from './opened';
import { SAMPLES, SIGNERS, type Signer } from './signers';

interface Judge {
	readonly scheme: string;
	readonly sign: Signer;
	readonly secret: string;
	/** What the user pastes, where that is not what the sender signs with. */
	readonly known?: string;
	/** The body as this sender would send that text. */
	readonly body?: (text: string) => string;
	readonly toleranceMs: number | null;
}

const hmacJudge = (scheme: string): Judge => {
	const [sign, sample] = [SIGNERS[scheme], SAMPLES[scheme]];
	if (!sign || !sample) throw new Error(`No signer of ${scheme}`);
	return { scheme, sign, secret: sample.secret, toleranceMs: opened(scheme).toleranceMs };
};

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof ec.publicKey) => String(key.export({ type: 'spki', format: 'pem' }));
const der = (key: typeof ec.publicKey) =>
	key.export({ type: 'spki', format: 'der' }).toString('base64');
const pkcs8 = (key: typeof ec.privateKey) => String(key.export({ type: 'pkcs8', format: 'pem' }));

const inField = (name: string, value: string) => (text: string) =>
	text === '' ? '' : `{"${name}":${value}, "data": ${JSON.stringify(text)}}`;

export const JUDGES: Readonly<Record<string, Judge>> = {
	'standard-webhooks': hmacJudge('standard-webhooks'),
	svix: hmacJudge('standard-webhooks'),
	stripe: hmacJudge('stripe'),
	github: hmacJudge('github'),
	slack: hmacJudge('slack'),
	shopify: hmacJudge('shopify'),
	workos: hmacJudge('workos'),
	'hubspot-v3': hmacJudge('hubspot-v3'),
	paddle: hmacJudge('paddle'),
	linear: { ...hmacJudge('linear'), body: inField('webhookTimestamp', String(NOW)) },
	twilio: {
		scheme: 'twilio',
		secret: 'twilio-auth-token',
		toleranceMs: null,
		body: (text) => (text === '' ? '' : `From=%2B14158675309&Body=${encodeURIComponent(text)}`),
		sign(body, secret, { url }) {
			const fields = [...new URLSearchParams(body.toString('utf8'))].sort(([a], [b]) =>
				a < b ? -1 : 1,
			);
			const hash = createHmac('sha1', secret).update(url + fields.flat().join(''));
			return {
				headers: {
					'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
					'x-twilio-signature': hash.digest('base64'),
				},
			};
		},
	},
	sendgrid: {
		scheme: 'sendgrid',
		secret: pkcs8(ec.privateKey),
		known: der(ec.publicKey),
		toleranceMs: null,
		sign(body, secret, { now }) {
			const t = String(Math.floor(now / 1000));
			const signature = sign('sha256', Buffer.concat([Buffer.from(t), body]), secret);
			return {
				headers: {
					'x-twilio-email-event-webhook-signature': signature.toString('base64'),
					'x-twilio-email-event-webhook-timestamp': t,
				},
			};
		},
	},
	'adobe-io': {
		scheme: 'adobe-io',
		secret: pkcs8(rsa.privateKey),
		known: pem(rsa.publicKey),
		toleranceMs: null,
		body: inField('recipient_client_id', '"client-1"'),
		sign(body, secret) {
			const signature = sign('sha256', body, secret).toString('base64');
			return {
				headers: {
					'x-adobe-digital-signature-1': signature,
					'x-adobe-digital-signature-2': signature,
					'x-adobe-public-key1-path': '/prod/keys/pub-key-1.pem',
					'x-adobe-public-key2-path': '/prod/keys/pub-key-2.pem',
				},
			};
		},
	},
};

/** One delivery, and what the credential holds. */
export interface Tried {
	readonly judge: string;
	readonly what: string;
	readonly delivery: Delivery;
	/** In the order of the credential. */
	readonly secrets: readonly string[];
	readonly now: number;
}

export const TEXTS: Readonly<Record<string, string>> = {
	'canonical JSON': '{"id":"evt_1","amount":1}',
	'JSON that a round trip changes': '{"amount":1.0, "id" : "evt_1"}',
	'line ends of Windows': '[{"id":"evt_1"},\r\n{"id":"evt_2"}]\r\n',
	'emoji and escapes': '{"name":"Zo\\u00eb 🚀 \\u001b[0m"}',
	'an empty body': '',
};

const known = ({ known: shown, secret }: Judge) => shown ?? secret;

/** A secret of the same kind that signed nothing. */
function another({ scheme, secret }: Judge): string {
	if (scheme === 'sendgrid') return der(otherEc.publicKey);
	if (scheme === 'adobe-io') return pem(otherRsa.publicKey);
	return `${secret.slice(0, 8)}${secret[8] === 'a' ? 'b' : 'a'}${secret.slice(9)}`;
}

function delivered(
	judge: Judge,
	text: string | Buffer,
	{ secret = judge.secret, url = URL }: { readonly secret?: string; readonly url?: string } = {},
): Delivery {
	const body = typeof text === 'string' ? Buffer.from(judge.body?.(text) ?? text) : text;
	const { headers } = judge.sign(body, secret, { now: NOW, url });
	return { method: 'POST', url, headers, body };
}

/** Every header of the proof, changed. */
const reworded = (delivery: Delivery, change: (value: string) => string): Delivery => ({
	...delivery,
	headers: Object.fromEntries(
		Object.entries(delivery.headers).map(([name, value]) => [
			name,
			/signature|hash|hmac/.test(name) ? change(String(value)) : value,
		]),
	),
});

function tries(name: string, judge: Judge): Tried[] {
	const right = [known(judge)];
	const usual = delivered(judge, '{"id":"evt_1","amount":1}');
	const one = (what: string, delivery: Delivery, rest: Partial<Tried> = {}): Tried => ({
		judge: name,
		what,
		delivery,
		secrets: right,
		now: NOW,
		...rest,
	});
	const tolerance = judge.toleranceMs ?? 3_600_000;
	const { body } = usual;
	return [
		...Object.entries(TEXTS).map(([what, text]) => one(what, delivered(judge, text))),
		one('bytes that are no UTF-8', delivered(judge, Buffer.from('7b22ff00fe227d', 'hex'))),
		one('a body altered', {
			...usual,
			body: Buffer.from(body.toString('utf8').replace('evt_1', 'evt_2')),
		}),
		one('a body with a space more', { ...usual, body: Buffer.concat([body, Buffer.from(' ')]) }),
		one('another secret', usual, { secrets: [another(judge)] }),
		one('the old secret of a rotation', usual, { secrets: [another(judge), ...right] }),
		one('the last moment', usual, { now: NOW + tolerance }),
		one('too old', usual, { now: NOW + tolerance + 1000 }),
		one('from the future', usual, { now: NOW - tolerance - 1000 }),
		one('no headers', { ...usual, headers: {} }),
		one('a signature in capitals', reworded(usual, capitals)),
		one(
			'a signature with rubbish behind it',
			reworded(usual, (value) => `${value}!`),
		),
		...(judge.known || judge.secret.startsWith('whsec_B')
			? []
			: [one('an empty secret on both sides', emptyHanded(judge), { secrets: [''] })]),
	];
}

const emptyHanded = (judge: Judge) => delivered(judge, '{"id":"evt_1"}', { secret: '' });

/** Cases that only one sender has. */
function particular(): Tried[] {
	const { 'hubspot-v3': hubspot, paddle } = JUDGES;
	if (!hubspot || !paddle) throw new Error('No judge');
	const url = `${URL}?src=hs%3Aapp%2Fv3`;
	const decoded = delivered(hubspot, '{}', { url: `${URL}?src=hs:app/v3` });
	const nan = createHmac('sha256', hubspot.secret).update(`POST${URL}{}NaN`).digest('base64');
	const signed = delivered(paddle, '{}');
	const two = `${String(signed.headers['paddle-signature'])};h1=${'0'.repeat(64)}`;
	const base = { secrets: [hubspot.secret], now: NOW };
	return [
		{
			...base,
			judge: 'hubspot-v3',
			what: 'a URL with escapes, signed as the documents say',
			delivery: { ...decoded, url },
		},
		{
			...base,
			judge: 'hubspot-v3',
			what: 'a timestamp that is no number',
			delivery: {
				...decoded,
				url: URL,
				headers: { 'x-hubspot-signature-v3': nan, 'x-hubspot-request-timestamp': 'NaN' },
			},
		},
		{
			judge: 'paddle',
			what: 'the right signature before another',
			secrets: [paddle.secret],
			now: NOW,
			delivery: { ...signed, headers: { 'paddle-signature': two } },
		},
	];
}

/** Hex only: in base64 capitals are other bytes. */
const capitals = (value: string) => value.replace(/[0-9a-f]{40,}/g, (hex) => hex.toUpperCase());

export const all: readonly Tried[] = [
	...Object.entries(JUDGES).flatMap(([name, judge]) => tries(name, judge)),
	...particular(),
];
