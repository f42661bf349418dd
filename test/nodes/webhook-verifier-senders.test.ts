import { randomUUID } from 'node:crypto';
import { sign as signToken } from 'jsonwebtoken';
import type { IDataObject } from 'n8n-workflow';
import { adobePublicKey } from '../../sandbox/sender-keys';
import { item, only, run, SECRET, signed, withStore } from './webhook-verifier-host';

withStore();

const [VERIFIED, REJECTED] = [0, 1];

describe('keys that the sender publishes', () => {
	const body = JSON.stringify({ event_id: randomUUID(), recipientclientid: 'me', type: 'lead' });
	const adobe = {
		items: [signed('adobe-io', body)],
		parameters: { sender: 'adobe-io' },
		credentials: { webhookSigningSecretApi: { expectedIds: 'me' } },
	};

	it('fails the item when they cannot be had, and does not let it in', async () => {
		const { outputs } = await run({
			...adobe,
			onError: 'continueErrorOutput',
			answer: () => ({ statusCode: 503, body: '' }),
		});
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({ retryable: true });
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('verification');
	});

	it('are fetched once, from the store of the sender', async () => {
		const answer = () => ({ statusCode: 200, body: adobePublicKey() });
		const first = await only({ ...adobe, answer });
		expect(first.output).toBe(VERIFIED);
		expect(first.asked.map(({ url }) => url)).toEqual([
			'https://static.adobeioevents.com/prod/keys/pub-key-sandbox-1.pem',
		]);
		const second = await only({ ...adobe, answer });
		expect([second.output, second.asked]).toEqual([VERIFIED, []]);
	});

	it('do not let in what Adobe signs for somebody else', async () => {
		const { verification } = await only({
			...adobe,
			credentials: { webhookSigningSecretApi: { expectedIds: 'somebody-else' } },
			answer: () => ({ statusCode: 200, body: adobePublicKey() }),
		});
		expect(verification).toMatchObject({ ok: false, reason: 'WRONG_RECIPIENT' });
	});
});

describe('a sender that signs nothing, called back', () => {
	const token = { token: SECRET };
	const scene = {
		items: [item('{"data":{"id":"7/8","email":"Ada@Example.com"}}', {}, { query: token })],
		parameters: {
			sender: 'url-token',
			urlParameter: 'token',
			confirm: true,
			confirmUrl: 'https://api.crm.example/v1/persons/{data.id}',
			confirmCredential: 'httpHeaderAuth',
			'confirmMatch.pairs': [{ event: 'data.email', record: 'person.mail' }],
		},
		credentials: { webhookSigningSecretApi: { secret: SECRET }, httpHeaderAuth: {} },
	};

	it('believes what the sender knows, and hands its record on', async () => {
		const record = { person: { mail: 'ada@example.com', score: 5 } };
		const { output, verification, asked } = await only({
			...scene,
			answer: () => ({ statusCode: 200, body: record }),
		});
		expect(asked.map(({ url }) => url)).toEqual(['https://api.crm.example/v1/persons/7%2F8']);
		expect([output, verification['record']]).toEqual([VERIFIED, record]);
	});

	it.each([
		['does not know it', { statusCode: 404, body: {} }],
		['knows it otherwise', { statusCode: 200, body: { person: { mail: 'eve@example.com' } } }],
	])('refuses when the sender %s', async (_, answer) => {
		const { output, verification } = await only({ ...scene, answer: () => answer });
		expect([output, verification['reason']]).toEqual([REJECTED, 'NOT_CONFIRMED']);
	});

	it('asks nobody about a delivery that does not even know the token', async () => {
		const items = [item('{"data":{"id":"7"}}', {}, { query: { token: 'guess' } })];
		const { output, asked } = await only({ ...scene, items });
		expect([output, asked]).toEqual([REJECTED, []]);
	});

	it('cannot decide when the sender does not answer', async () => {
		const { outputs } = await run({
			...scene,
			onError: 'continueErrorOutput',
			answer: () => ({ statusCode: 500, body: {} }),
		});
		expect(outputs[0]?.[0]?.json['details']).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
	});
});

describe('senders without a preset', () => {
	it('reads the whole panel of the generic builder', async () => {
		const body = '{"data":{"id":"ev-9"}}';
		const at = Date.now();
		const { headers } = signed('stripe', body, { at }).json;
		const { verification } = await only({
			items: [item(body, { 'x-acme': headers['stripe-signature'] })],
			parameters: {
				sender: 'generic-hmac',
				signatureHeader: 'X-Acme',
				signedContent: '{timestamp}.{body}',
				genericOptions: { signatureForm: 'pairs', timestampKey: 't', eventIdPath: 'data.id' },
			},
		});
		expect(verification).toMatchObject({ ok: true, eventId: 'ev-9', ageMs: expect.any(Number) });
	});

	it('takes a token in a header of any name', async () => {
		const scene = (token: string) => ({
			items: [item('{}', { 'x-key': token })],
			parameters: { sender: 'static-header', staticHeader: 'X-Key' },
			credentials: { webhookSigningSecretApi: { secret: 's3cret-token' } },
		});
		expect((await only(scene('s3cret-token'))).output).toBe(VERIFIED);
		expect((await only(scene('s3cret-tokem'))).output).toBe(REJECTED);
	});

	it('reads the whole panel of JSON Web Tokens', async () => {
		const claims = { iss: 'acme', aud: 'us', exp: Math.floor(Date.now() / 1000) + 60 };
		const scene = (parameters: IDataObject) => ({
			items: [item('{}', { 'x-proof': `T ${signToken(claims, 'k'.repeat(40))}` })],
			parameters: {
				sender: 'jwt',
				jwtAlgorithms: ['HS256'],
				jwtHeader: 'X-Proof',
				jwtPrefix: 'T ',
				jwtIssuer: 'acme',
				jwtAudience: 'us',
				...parameters,
			},
			credentials: { webhookSigningSecretApi: { secret: 'k'.repeat(40) } },
		});
		const reasonOf = async (parameters: IDataObject) =>
			(await only(scene(parameters))).verification['reason'];
		expect(await reasonOf({})).toBeUndefined();
		expect(await reasonOf({ jwtIssuer: 'other' })).toBe('WRONG_ISSUER');
		expect(await reasonOf({ jwtAudience: 'them' })).toBe('WRONG_RECIPIENT');
		expect(await reasonOf({ jwtAlgorithms: ['HS512'] })).toBe('ALGORITHM_NOT_ALLOWED');
		expect(await reasonOf({ jwtPrefix: 'U ' })).toBe('MALFORMED_SIGNATURE');
		expect(await reasonOf({ jwtHeader: 'X-Other' })).toBe('MISSING_SIGNATURE');
	});

	it('says which setting is wrong', async () => {
		const parameters = { sender: 'generic-hmac', signatureHeader: 'x', signedContent: '{id}' };
		await expect(run({ items: [item('{}', {})], parameters })).rejects.toThrow(/signedContent/);
	});
});
