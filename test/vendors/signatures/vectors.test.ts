import type { Delivery } from '../../../lib/domain/signature/received';
import type { RefusalReason } from '../../../lib/domain/signature/refusals';
import type { Answer, Material, Scheme } from '../../../lib/domain/signature/scheme';
import { memoryStore } from '../../../lib/runtime/store/memory';
import { replayMemory } from '../../../lib/vendors/replay-memory';
import { verifyDelivery, type Outcome } from '../../../lib/vendors/verify-delivery';
import challengesJson from '../../vectors/webhook-challenges.json';
import vectorsJson from '../../vectors/webhook-vectors.json';
import { opened, type Settings } from './opened';

interface Vector {
	id: string;
	scheme: string;
	secret?: string | string[];
	publicKey?: string;
	publicKeys?: Record<string, string>;
	jwks?: unknown;
	recipientClientId?: string;
	config?: Settings;
	toleranceSeconds?: number;
	seenTokens?: string[];
	method: string;
	url: string;
	headers: Record<string, string | string[]>;
	body: string;
	bodyEncoding?: string;
	now: number | null;
	expect: 'valid' | 'invalid';
	reason: string;
}

interface Challenge extends Pick<Vector, 'id' | 'method' | 'url' | 'headers' | 'body' | 'secret'> {
	vendor: string;
	now?: number;
	expectResponse: Answer;
	alternativeResponses?: Answer[];
	continueWorkflow: boolean;
}

const vectors = vectorsJson as unknown as readonly Vector[];
const challenges = challengesJson as unknown as readonly Challenge[];

/** The vectors' names of the schemes, and ours. */
const OURS: Readonly<Record<string, string>> = {
	'hubspot-v1': 'hubspot-v1',
	'hubspot-v2': 'hubspot-v2',
	'hubspot-v3': 'hubspot-v3',
	'standard-webhooks': 'standard-webhooks',
	'stripe-v1': 'stripe',
	'github-sha256': 'github',
	'slack-v0': 'slack',
	'shopify-b64': 'shopify',
	'typeform-b64': 'typeform',
	'calendly-v1': 'calendly',
	'calcom-hex': 'calcom',
	'klaviyo-hex': 'klaviyo',
	'clearbit-sha1': 'clearbit',
	'intercom-sha1': 'intercom',
	'customerio-v0': 'customerio',
	'zendesk-b64': 'zendesk',
	'zoom-v0': 'zoom',
	'docusign-b64': 'docusign',
	'workos-v1': 'workos',
	'hookdeck-b64': 'hookdeck',
	'outpost-v0': 'outpost',
	'outpost-legacy': 'outpost-legacy',
	'lusha-hex': 'lusha',
	'segment-sha1': 'segment',
	'segment-batch-sha1': 'segment-batch',
	'sendgrid-ecdsa': 'sendgrid',
	'adobe-rsa': 'adobe-io',
	'mailgun-body': 'mailgun',
	'mandrill-sha1': 'mandrill',
	'twilio-sha1': 'twilio',
	'google-channel': 'google-channel',
	'msgraph-clientstate': 'microsoft-graph',
	'salesforce-orgid': 'salesforce-outbound',
	basic: 'basic',
	bearer: 'bearer',
	jwt: 'jwt',
	'static-header': 'static-header',
	'url-token': 'url-token',
	'generic-hmac': 'generic-hmac',
};

const REASONS: Readonly<Record<string, RefusalReason>> = {
	missing_signature: 'MISSING_SIGNATURE',
	malformed_signature: 'MALFORMED_SIGNATURE',
	missing_timestamp: 'MISSING_TIMESTAMP',
	expired: 'TOO_OLD',
	future: 'TOO_NEW',
	mismatch: 'MISMATCH',
	duplicate_header: 'DUPLICATE_HEADER',
	wrong_recipient: 'WRONG_RECIPIENT',
	wrong_issuer: 'WRONG_ISSUER',
	untrusted_key_url: 'UNTRUSTED_KEY_URL',
	unknown_key: 'UNKNOWN_KEY',
	alg_not_allowed: 'ALGORITHM_NOT_ALLOWED',
	missing_body_hash: 'BODY_NOT_SIGNED',
	malformed_body: 'MALFORMED_BODY',
	replayed: 'REPLAYED',
};

/** Where our catalogue is finer than the vectors'. */
const FINER: Readonly<Record<string, RefusalReason>> = { 'jwt-no-exp': 'NO_EXPIRY' };

/** Any time will do where the scheme has no clock. */
const SOME_TIME = 1_700_000_000;

const deliveryOf = ({
	method,
	url,
	headers,
	body,
	bodyEncoding,
}: Pick<Vector, 'method' | 'url' | 'headers' | 'body' | 'bodyEncoding'>): Delivery => ({
	method,
	url,
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	),
	body: Buffer.from(body, bodyEncoding === 'base64' ? 'base64' : 'utf8'),
});

function materialOf(vector: Vector): Material {
	const { secret, publicKey, recipientClientId, config } = vector;
	const named = vector.scheme === 'salesforce-orgid' ? secret : undefined;
	return {
		secrets: [secret ?? []].flat(),
		publicKeys: [publicKey ?? []].flat(),
		expectedIds: [
			named ?? [],
			recipientClientId ?? [],
			config?.channelId ?? [],
			config?.aud ?? [],
		].flat(),
	};
}

/** What the sender's key store on the web would answer. */
function publishedBy({ publicKeys }: Vector): ReadonlyMap<string, string> {
	const pems = Object.entries(publicKeys ?? {}).map(
		([path, pem]) => [`https://static.adobeioevents.com${path}`, pem] as const,
	);
	return new Map(pems);
}

async function judged(vector: Vector): Promise<Outcome> {
	const scheme = opened(OURS[vector.scheme] ?? vector.scheme, vector.config ?? {});
	const now = (vector.now ?? SOME_TIME) * 1000;
	const published = publishedBy(vector);
	const jwks = JSON.stringify(vector.jwks);
	const gate = {
		scheme,
		material: materialOf(vector),
		...(vector.toleranceSeconds !== undefined && { toleranceMs: vector.toleranceSeconds * 1000 }),
		keys: {
			get: async (urls: readonly string[]) =>
				new Map(urls.map((url) => [url, vector.jwks ? jwks : (published.get(url) ?? '')])),
		},
		memory: replayMemory(memoryStore(() => now)),
	};
	if (vector.jwks && vector.scheme === 'jwt')
		gate.material = { ...gate.material, publicKeys: [jwks] };
	// A token that was seen was seen in a delivery: the same one, once before.
	if (vector.seenTokens) await verifyDelivery(deliveryOf(vector), gate, now);
	return await verifyDelivery(deliveryOf(vector), gate, now);
}

describe('vectors', () => {
	it('are all here', () => {
		expect(vectors).toHaveLength(150);
		expect(new Set(vectors.map(({ scheme }) => scheme))).toEqual(new Set(Object.keys(OURS)));
	});

	it.each(vectors.map((vector) => [vector.scheme, vector.id, vector] as const))(
		'%s: %s',
		async (_, id, vector) => {
			const outcome = await judged(vector);
			const reason = FINER[id] ?? REASONS[vector.reason] ?? vector.reason;
			if (vector.expect === 'valid') expect(outcome.kind).not.toBe('refused');
			else expect(outcome.verification).toMatchObject({ ok: false, reason });
		},
	);
});

const ASKED: Readonly<Record<string, string>> = {
	'adobe-io-events': 'adobe-io',
	salesforce: 'salesforce-outbound',
};

describe('challenges', () => {
	const asked = challenges.filter(({ continueWorkflow, body }) => !continueWorkflow || !body);

	it.each(asked.map((challenge) => [challenge.id, challenge] as const))(
		'%s',
		async (_, challenge) => {
			const { vendor, secret, now = SOME_TIME, expectResponse } = challenge;
			const scheme = opened(ASKED[vendor] ?? vendor, {});
			const material = { secrets: [secret ?? []].flat(), publicKeys: [], expectedIds: [] };
			const keys = { get: async () => new Map<string, string>() };
			const delivery = deliveryOf(challenge);
			const outcome = await verifyDelivery(delivery, { scheme, material, keys }, now * 1000);
			if (expectResponse.status === 401) return expect(outcome.kind).toBe('refused');
			if (outcome.kind !== 'challenge') throw new Error(`not a challenge: ${outcome.kind}`);
			const { status, contentType, body } = outcome.answer;
			const answer = { status, ...(contentType && { contentType }), ...(body && { body }) };
			const wanted = [expectResponse, ...(challenge.alternativeResponses ?? [])];
			expect(wanted).toContainEqual(answer);
		},
	);

	it('a challenge of a scheme that signs it is refused with a wrong signature', async () => {
		for (const challenge of challenges.filter(({ secret }) => secret !== undefined)) {
			const scheme = opened(ASKED[challenge.vendor] ?? challenge.vendor, {});
			const material = { secrets: ['another'], publicKeys: [], expectedIds: [] };
			const keys = { get: async () => new Map<string, string>() };
			const at = (challenge.now ?? SOME_TIME) * 1000;
			const outcome = await verifyDelivery(deliveryOf(challenge), { scheme, material, keys }, at);
			expect(outcome.verification).toMatchObject({ ok: false, reason: 'MISMATCH' });
		}
	});

	it('Salesforce is acknowledged as it wants to be', () => {
		const ack = challenges.find(({ id }) => id === 'salesforce-ack')?.expectResponse;
		const { acknowledge }: Pick<Scheme, 'acknowledge'> = opened('salesforce-outbound', {});
		expect(acknowledge?.contentType).toBe(ack?.contentType);
		expect(acknowledge?.body?.replace(/>\s+</g, '><')).toBe(ack?.body);
	});
});
