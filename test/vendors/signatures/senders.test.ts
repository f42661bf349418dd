import { createHmac } from 'node:crypto';
import { signatures } from '../../../lib/vendors/signatures';
import { genuine, judge, NOW, sampleOf, signed, URL } from './genuine';
import { opened } from './opened';
import { SIGNERS } from './signers';

/** Another secret of the same kind: the ninth character is a letter of hex and of base64. */
const other = (secret: string) =>
	`${secret.slice(0, 8)}${secret[8] === 'a' ? 'b' : 'a'}${secret.slice(9)}`;

const ids = Object.keys(SIGNERS);

/** Where the documents name a time it is theirs, else five minutes. The others sign no time. */
const TOLERANCE_SECONDS: Readonly<Record<string, number>> = {
	calendly: 180,
	close: 300,
	customerio: 300,
	'hubspot-v3': 300,
	klaviyo: 300,
	linear: 60,
	lusha: 300,
	'outpost-legacy': 300,
	paddle: 5,
	slack: 300,
	'standard-webhooks': 300,
	stripe: 300,
	webflow: 300,
	workos: 180,
	zendesk: 300,
	zoom: 300,
};

describe.each(ids)('%s', (id) => {
	const { secret } = sampleOf(id);

	it('accepts what its documents say, to the byte', () => {
		expect(judge(id, genuine(id))).toMatchObject({ ok: true, secretIndex: 0 });
	});

	it('says which secret matched while one is rotated', () => {
		const verdict = judge(id, genuine(id), { secrets: [other(secret), secret] });
		expect(verdict).toMatchObject({ ok: true, secretIndex: 1 });
	});

	it('refuses another secret, an empty one and none', () => {
		expect(judge(id, genuine(id), { secrets: [other(secret)] })).toEqual(
			expect.objectContaining({ ok: false, reason: 'MISMATCH' }),
		);
		expect(judge(id, genuine(id), { secrets: [''] })).toMatchObject({ reason: 'MISMATCH' });
		expect(judge(id, genuine(id), { secrets: [] })).toMatchObject({ reason: 'MISMATCH' });
	});

	it('refuses a delivery without the headers of its proof, and one that has them twice', () => {
		for (const name of Object.keys(genuine(id).headers)) {
			const { [name]: value, ...rest } = genuine(id).headers;
			const without = judge(id, { ...genuine(id), headers: rest });
			expect(without).toMatchObject({
				reason: expect.stringMatching(/^(MISSING_(SIGNATURE|TIMESTAMP)|WRONG_RECIPIENT)$/),
			});
			const twice = { ...genuine(id), headers: { ...rest, [name]: [value, value] } };
			expect(judge(id, twice)).toMatchObject({
				reason: expect.stringMatching(/^(DUPLICATE_HEADER|WRONG_RECIPIENT)$/),
			});
		}
	});

	it('refuses the same JSON in other bytes', () => {
		const { body } = genuine(id);
		const again = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
		expect(again.equals(body)).toBe(false);
		const verdict = judge(id, { ...genuine(id), body: again });
		// A token is compared, not signed: that is its weakness, and said.
		if (id === 'google-ads') expect(opened(id).weakness).toMatch(/Nothing is signed/);
		else expect(verdict).toMatchObject({ ok: false, reason: 'MISMATCH' });
	});

	it('believes a delivery for as long as it says, either way, to the millisecond', () => {
		const seconds = TOLERANCE_SECONDS[id];
		const at = (now: number) => judge(id, genuine(id), { now });
		if (seconds === undefined) {
			expect(at(NOW + 30 * 24 * 3_600_000).ok).toBe(true);
			return;
		}
		const toleranceMs = seconds * 1000;
		expect(at(NOW + toleranceMs).ok).toBe(true);
		expect(at(NOW + toleranceMs + 1)).toMatchObject({ reason: 'TOO_OLD' });
		expect(at(NOW - toleranceMs).ok).toBe(true);
		expect(at(NOW - toleranceMs - 1)).toMatchObject({ reason: 'TOO_NEW' });
	});

	it('tells the user where the secret is, what it proves and where that is written', () => {
		const scheme = opened(id);
		expect(scheme.where.length).toBeGreaterThan(20);
		expect(scheme.docs).toMatch(/^https:\/\/[^ ]+$/);
		if (scheme.toleranceMs === null) expect(scheme.weakness).toMatch(/\.$/);
	});
});

it('every id and title is one sender’s', () => {
	expect(new Set(signatures.map(({ id }) => id)).size).toBe(signatures.length);
	expect(new Set(signatures.map(({ title }) => title)).size).toBe(signatures.length);
});

describe('what is particular to a sender', () => {
	it('Stripe, Paddle, WorkOS: a second timestamp is refused, not chosen from', () => {
		for (const [id, header, twice] of [
			['stripe', 'stripe-signature', `t=${NOW / 1000},`],
			['paddle', 'paddle-signature', `ts=${NOW / 1000};`],
			['workos', 'workos-signature', `t=${NOW},`],
		] as const) {
			const sent = genuine(id);
			const delivery = { ...sent, headers: { [header]: twice + String(sent.headers[header]) } };
			expect(judge(id, delivery)).toMatchObject({ reason: 'MALFORMED_TIMESTAMP' });
		}
	});

	it('Stripe: only v1 counts', () => {
		const sent = genuine('stripe');
		const v0 = String(sent.headers['stripe-signature']).replace('v1=', 'v0=');
		const verdict = judge('stripe', { ...sent, headers: { 'stripe-signature': v0 } });
		expect(verdict).toMatchObject({ reason: 'MISSING_SIGNATURE' });
	});

	it('Paddle: any of several signatures, in either place', () => {
		const [ts, h1] = String(genuine('paddle').headers['paddle-signature']).split(';');
		const wrong = `h1=${'0'.repeat(64)}`;
		for (const header of [`${ts};${h1};${wrong}`, `${ts};${wrong};${h1}`]) {
			const delivery = { ...genuine('paddle'), headers: { 'paddle-signature': header } };
			expect(judge('paddle', delivery).ok).toBe(true);
		}
	});

	it('Shopify: either family of headers, and either signature when both are there', () => {
		const sent = genuine('shopify');
		const hmac = String(sent.headers['x-shopify-hmac-sha256']);
		const wrong = Buffer.alloc(32).toString('base64');
		for (const headers of [
			{ 'shopify-hmac-sha256': hmac },
			{ 'x-shopify-hmac-sha256': wrong, 'shopify-hmac-sha256': hmac },
		])
			expect(judge('shopify', { ...sent, headers }).ok).toBe(true);
	});

	it('DocuSign: a key far down the list, and no header that only looks like one', () => {
		const sent = genuine('docusign');
		const hmac = sent.headers['x-docusign-signature-1'];
		expect(judge('docusign', { ...sent, headers: { 'x-docusign-signature-100': hmac } }).ok).toBe(
			true,
		);
		for (const name of ['x-docusign-signature', 'x-docusign-signature-1x'])
			expect(judge('docusign', { ...sent, headers: { [name]: hmac } })).toMatchObject({
				reason: 'MISSING_SIGNATURE',
			});
	});

	it('Outpost: the two forms are not taken for each other', () => {
		expect(judge('outpost', genuine('outpost-legacy'))).toMatchObject({
			reason: 'MALFORMED_SIGNATURE',
		});
		expect(judge('outpost-legacy', genuine('outpost'))).toMatchObject({
			reason: 'MISSING_TIMESTAMP',
		});
	});

	it('LinkedIn: the hash alone, or with the prefix before it', () => {
		const sent = genuine('linkedin');
		const headers = { 'x-li-signature': `hmacsha256=${String(sent.headers['x-li-signature'])}` };
		expect(judge('linkedin', { ...sent, headers }).ok).toBe(true);
	});

	it('Clearbit: the key with its prefix and without', () => {
		expect(judge('clearbit', genuine('clearbit'), { secrets: ['0123456789abcdef'] }).ok).toBe(true);
		expect(judge('clearbit', genuine('clearbit'), { secrets: ['pk_0123456789abcdef'] }).ok).toBe(
			true,
		);
	});

	it('Klaviyo: a body that is not its own proves nothing, whatever signed it', () => {
		const sent = signed('klaviyo', Buffer.from('[]'));
		expect(judge('klaviyo', sent)).toMatchObject({ reason: 'MALFORMED_BODY' });
	});

	it('Linear: without its time in the body there is none', () => {
		const sent = signed('linear', Buffer.from('{"type":"Issue"}'));
		expect(judge('linear', sent)).toMatchObject({ reason: 'MISSING_TIMESTAMP' });
		const odd = signed('linear', Buffer.from('{"webhookTimestamp":-1}'));
		expect(judge('linear', odd)).toMatchObject({ reason: 'MALFORMED_TIMESTAMP' });
	});

	it('Close: a key that is not hex is no key', () => {
		expect(judge('close', genuine('close'), { secrets: ['not hex'] })).toMatchObject({
			reason: 'MISMATCH',
		});
	});

	it('Zendesk: seconds, and a zone that is not UTC', () => {
		const { secret } = sampleOf('zendesk');
		for (const t of ['2023-11-14T22:13:20Z', '2023-11-14T23:13:20+01:00']) {
			const hash = createHmac('sha256', secret).update(`${t}{}`).digest('base64');
			const headers = {
				'x-zendesk-webhook-signature': hash,
				'x-zendesk-webhook-signature-timestamp': t,
			};
			const delivery = { method: 'POST', url: URL, headers, body: Buffer.from('{}') };
			expect(judge('zendesk', delivery)).toMatchObject({ ok: true, timestamp: NOW });
		}
	});
});
