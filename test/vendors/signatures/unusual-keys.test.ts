import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { receive } from '../../../lib/domain/signature/received';
import { verify } from '../../../lib/domain/signature/verify';
import { caseOf, NOW } from './every-scheme';
import { ADOBE_KEY_PATH, GRAPH_KEYS, RSA_PRIVATE } from './signers-more';
import { asked, delivered, events, judged, sample, schemeOf, type Some } from './try-scheme';

describe('public keys', () => {
	it('SendGrid: the age is looked at when the user asks for it', () => {
		const { scheme, delivery, material } = caseOf(schemeOf('sendgrid'));
		const at = (now: number, toleranceMs?: number) =>
			verify(scheme, delivery, material, {
				now,
				...(toleranceMs !== undefined && { toleranceMs }),
			});
		expect(at(NOW + 86_400_000)).toMatchObject({ ok: true, ageMs: 86_400_000 });
		expect(at(NOW + 86_400_000)).toHaveProperty('toleranceMs', undefined);
		expect(at(NOW + 60_000, 60_000)).toMatchObject({ ok: true, toleranceMs: 60_000 });
		expect(at(NOW + 60_001, 60_000)).toMatchObject({ reason: 'TOO_OLD' });
		expect(at(NOW - 60_001, 60_000)).toMatchObject({ reason: 'TOO_NEW' });
		expect(at(NOW, Number.NaN).ok).toBe(false);
		expect(events('sendgrid', { body: sample('sendgrid').body })).toMatchObject([
			{ eventId: 'ZHJ', type: 'open' },
		]);
	});

	it('Standard Webhooks: ten signatures with public keys are looked at, not more', () => {
		const { publicKey, privateKey } = generateKeyPairSync('ed25519');
		const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
		const seconds = String(NOW / 1000);
		const signature = (content: string) =>
			`v1a,${signBytes(null, Buffer.from(content), privateKey).toString('base64')}`;
		const withOthers = (others: number) => {
			const all = [
				...Array<string>(others).fill(signature('another')),
				signature(`e-1.${seconds}.{}`),
			];
			const headers = {
				'webhook-id': 'e-1',
				'webhook-timestamp': seconds,
				'webhook-signature': all.join(' '),
			};
			const publicKeys = [`whpk_${raw.toString('base64')}`];
			return judged('standard-webhooks', { headers, body: '{}' }, { publicKeys });
		};
		expect(withOthers(9).ok).toBe(true);
		expect(withOthers(10)).toMatchObject({ reason: 'MALFORMED_SIGNATURE' });
	});

	const adobe = (body: string, signed = body) => ({
		body,
		headers: {
			'x-adobe-digital-signature1': signBytes('sha256', Buffer.from(signed), RSA_PRIVATE).toString(
				'base64',
			),
			'x-adobe-public-key1-path': ADOBE_KEY_PATH,
		},
	});
	const event =
		'{"id":"e-1","type":"lead.updated","time":"2026-01-05T10:00:00Z","recipientclientid":"client-1"}';

	it('Adobe: either spelling of the header, and the event in base64', () => {
		expect(judged('adobe-io', adobe(event)).ok).toBe(true);
		const wrapped = Buffer.from(event).toString('base64');
		expect(judged('adobe-io', adobe(wrapped, event)).ok).toBe(true);
		expect(events('adobe-io', adobe(wrapped, event))).toMatchObject([
			{ eventId: 'e-1', type: 'lead.updated', data: { recipientclientid: 'client-1' } },
		]);
	});

	it.each([
		['for another client', event.replace('client-1', 'client-2')],
		['for nobody', event.replace('recipientclientid', 'x')],
		['for two', event.replace('{', '{"recipient_client_id":"client-2",')],
		['one of a list for another', `[${event},${event.replace('client-1', 'client-2')}]`],
	])('Adobe: %s', (_, body) => {
		expect(judged('adobe-io', adobe(body))).toMatchObject({ reason: 'WRONG_RECIPIENT' });
	});

	it('Adobe: nobody named is nobody meant, and nothing is no event', () => {
		expect(judged('adobe-io', adobe(event), { expectedIds: [] })).toMatchObject({
			reason: 'WRONG_RECIPIENT',
		});
		expect(judged('adobe-io', adobe('[]'))).toMatchObject({ reason: 'MALFORMED_BODY' });
	});

	it('Adobe: keys come from its own store only', () => {
		const urls = (path: string) => {
			const headers = { ...adobe(event).headers, 'x-adobe-public-key1-path': path };
			return schemeOf('adobe-io').keyUrls?.(receive(delivered({ headers })));
		};
		expect(urls(ADOBE_KEY_PATH)).toEqual({
			ok: true,
			urls: [`https://static.adobeioevents.com${ADOBE_KEY_PATH}`],
		});
		for (const path of [
			'@evil.example/prod/keys/pub-key-1.pem',
			'.evil.example/k.pem',
			'/prod/keys/../x.pem',
			`${ADOBE_KEY_PATH}\n`,
			`${ADOBE_KEY_PATH}?x`,
		])
			expect(urls(path)).toEqual({ ok: false, reason: 'UNTRUSTED_KEY_URL' });
	});

	it('Adobe: the check of a new webhook is answered, what others want fetched is not', () => {
		expect(asked('adobe-io', { method: 'GET', url: 'https://h.io/?challenge=a%22b' })).toEqual({
			status: 200,
			contentType: 'application/json',
			body: '{"challenge":"a\\"b"}',
		});
		const body = '{"validationUrl":"https://csm.adobe.io/validate?id=1"}';
		expect(asked('adobe-io', { body, url: 'https://h.io/?challenge=x' })).toBeNull();
		expect(judged('adobe-io', { body })).toMatchObject({ reason: 'MISSING_SIGNATURE' });
	});
});

describe('Google and Microsoft', () => {
	it('Google: the first message of a channel is answered and no event', () => {
		const { headers } = sample('google-channel');
		const sync = receive(delivered({ headers: { ...headers, 'x-goog-resource-state': 'sync' } }));
		const { challenge } = schemeOf('google-channel');
		expect(challenge?.signed?.(sync, 'secret')).toEqual({ status: 200 });
		expect(challenge?.signed?.(receive(delivered({ headers })), 'secret')).toBeNull();
		expect(events('google-channel', { headers })).toMatchObject([
			{ eventId: 'channel-1:10', type: 'exists' },
		]);
	});

	const claims = {
		aud: 'app-1',
		iss: 'https://login.microsoftonline.com/t1/v2.0',
		azp: '0bf30f3b-4a52-48df-9a82-234910c4a086',
		exp: NOW / 1000 + 60,
	};
	const token = (more: object = {}) =>
		sign({ ...claims, ...more }, RSA_PRIVATE, {
			algorithm: 'RS256',
			keyid: 'k1',
			noTimestamp: true,
		});
	const item = { clientState: 'secret', subscriptionId: 's1' };
	const graph = (value: unknown[], validationTokens?: unknown) => ({
		body: JSON.stringify({ value, ...(validationTokens !== undefined && { validationTokens }) }),
	});

	it.each([
		['both say it', graph([item, item]), 'ok'],
		[
			'during a rotation each may say its own',
			graph([item, { ...item, clientState: 'older' }]),
			'ok',
		],
		['one says another', graph([item, { ...item, clientState: 'x' }]), 'MISMATCH'],
		['one says nothing', graph([item, { subscriptionId: 's1' }]), 'MISSING_SIGNATURE'],
		['one says it in a list', graph([{ ...item, clientState: ['secret'] }]), 'MISSING_SIGNATURE'],
		['there is none', graph([]), 'MALFORMED_BODY'],
		['a newer token', graph([item], [token()]), 'ok'],
		['one token of another app', graph([item], [token(), token({ azp: 'x' })]), 'WRONG_ISSUER'],
		[
			'a token of another issuer',
			graph([item], [token({ iss: 'https://evil.example/' })]),
			'WRONG_ISSUER',
		],
		['a token for another', graph([item], [token({ aud: 'x' })]), 'WRONG_RECIPIENT'],
		['no tokens', graph([item], []), 'MISSING_SIGNATURE'],
		['tokens that are none', graph([item], 'x'), 'MALFORMED_BODY'],
		['data without tokens', graph([{ ...item, encryptedContent: {} }]), 'MISSING_SIGNATURE'],
	])('Graph: %s', (_, some, reason) => {
		const verdict = judged('microsoft-graph', some, { secrets: ['secret', 'older'] });
		expect(verdict.ok ? 'ok' : verdict.reason).toBe(reason);
	});

	it('Graph: data is for an app that is named', () => {
		const rich = graph([item], [token()]);
		expect(judged('microsoft-graph', rich, { expectedIds: [] })).toMatchObject({
			reason: 'WRONG_RECIPIENT',
		});
		const urls = (some: Some) => schemeOf('microsoft-graph').keyUrls?.(receive(delivered(some)));
		expect(urls(rich)).toEqual({ ok: true, urls: [GRAPH_KEYS] });
		expect(urls(graph([item]))).toEqual({ ok: true, urls: [] });
	});

	it('Graph: the older secret is in use as long as one item says it', () => {
		const mixed = graph([item, { ...item, clientState: 'older' }]);
		expect(judged('microsoft-graph', mixed, { secrets: ['secret', 'older'] })).toMatchObject({
			secretIndex: 1,
		});
	});

	it('Graph: what an item is known by', () => {
		const change = {
			...item,
			changeType: 'updated',
			resourceData: { id: 'r', '@odata.etag': 'W/1' },
		};
		const lifecycle = {
			...item,
			lifecycleEvent: 'missed',
			subscriptionExpirationDateTime: '2026-02-01',
		};
		expect(events('microsoft-graph', graph([change, lifecycle, item]))).toMatchObject([
			{ eventId: 's1:updated:r:W/1', type: 'updated' },
			{ eventId: 's1:missed:2026-02-01', type: 'missed' },
			{ eventIdFrom: 'content' },
		]);
	});

	it('Graph: the token of a new subscription is text and nothing else', () => {
		const url = 'https://h.io/?validationToken=%3Cb%3Ea+b%2B';
		expect(asked('microsoft-graph', { url })).toEqual({
			status: 200,
			contentType: 'text/plain',
			body: '<b>a b+',
			headers: { 'x-content-type-options': 'nosniff' },
		});
		expect(asked('microsoft-graph', { url, body: '{}' })).toBeNull();
		expect(asked('microsoft-graph', { url, method: 'GET' })).toBeNull();
	});
});
