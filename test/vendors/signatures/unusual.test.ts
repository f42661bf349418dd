import { createHash, createHmac } from 'node:crypto';
import { NOW, URL_CALLED } from './every-scheme';
import { asked, events, judged } from './try-scheme';

describe('HubSpot, older versions', () => {
	const body = '[{"portalId":1,"subscriptionType":"contact.creation","eventId":7}]';
	const v1 = createHash('sha256').update(`secret${body}`).digest('hex');
	const v2 = createHash('sha256').update(`secretPOST${URL_CALLED}${body}`).digest('hex');
	const v3 = createHmac('sha256', 'secret')
		.update(`POST${URL_CALLED}${body}${NOW}`)
		.digest('base64');
	const headers = { 'x-hubspot-signature': v1 };

	it('a v3 signature that is there has to be right, whatever the older one says', () => {
		for (const [id, older] of [
			['hubspot-v1', v1],
			['hubspot-v2', v2],
		] as const) {
			const both = (signature: unknown) => ({
				'x-hubspot-signature': older,
				'x-hubspot-signature-v3': signature,
				'x-hubspot-request-timestamp': String(NOW),
			});
			expect(judged(id, { body, headers: both(v3) }).ok).toBe(true);
			expect(judged(id, { body, headers: both(v1) }).ok).toBe(false);
			expect(judged(id, { body, headers: both('') })).toMatchObject({
				reason: 'MISSING_SIGNATURE',
			});
			expect(judged(id, { body, headers: both([v3, v3]) })).toMatchObject({
				reason: 'DUPLICATE_HEADER',
			});
			const late = judged(id, { body, headers: both(v3) }, {}, NOW + 300_001);
			expect(late).toMatchObject({ reason: 'TOO_OLD' });
		}
	});

	it('a signature of one version is none of another', () => {
		const version = (value: string) => ({ ...headers, 'x-hubspot-signature-version': value });
		expect(judged('hubspot-v1', { body, headers: version('v1') }).ok).toBe(true);
		expect(judged('hubspot-v1', { body, headers: version('v2') })).toMatchObject({
			reason: 'MALFORMED_SIGNATURE',
		});
		expect(judged('hubspot-v2', { body, headers })).toMatchObject({ reason: 'MISMATCH' });
		// What v2 signed, sent as a body to v1, without the header that says so.
		const moved = { body: `POST${URL_CALLED}${body}`, headers: { 'x-hubspot-signature': v2 } };
		expect(judged('hubspot-v1', moved)).toMatchObject({ reason: 'MALFORMED_BODY' });
		expect(judged('hubspot-v3', { body, headers })).toMatchObject({ reason: 'MISSING_SIGNATURE' });
	});

	it('a hash that was continued is no proof', () => {
		const padding = Buffer.concat([
			Buffer.from([0x80]),
			Buffer.alloc(40),
			Buffer.from('[{"evil":1}]'),
		]);
		const longer = Buffer.concat([Buffer.from(body), padding]);
		const hash = createHash('sha256').update('secret').update(longer).digest('hex');
		expect(
			judged('hubspot-v1', { body: longer, headers: { 'x-hubspot-signature': hash } }),
		).toMatchObject({
			reason: 'MALFORMED_BODY',
		});
	});

	it('bytes do not move between URL and body', () => {
		const stamped = { 'x-hubspot-signature-v3': v3, 'x-hubspot-request-timestamp': String(NOW) };
		for (let at = 1; at <= body.length; at += 1) {
			const moved = { url: URL_CALLED + body.slice(0, at), body: body.slice(at), headers: stamped };
			expect(judged('hubspot-v3', moved)).toMatchObject({ reason: 'MALFORMED_BODY' });
		}
	});

	it('a CRM card is asked for without a body', () => {
		const hash = createHash('sha256').update(`secretGET${URL_CALLED}`).digest('hex');
		const card = {
			method: 'GET',
			headers: { 'x-hubspot-signature': hash, 'x-hubspot-signature-version': 'v2' },
		};
		expect(judged('hubspot-v2', card).ok).toBe(true);
	});
});

describe('Twilio', () => {
	const form = 'MessageSid=SM1&Tag=b&Tag=a&Tag=b&SmsStatus=received';
	const FIELDS = 'MessageSidSM1SmsStatusreceivedTagaTagb';
	const signed = (content: string) => ({
		'x-twilio-signature': createHmac('sha1', 'secret').update(content).digest('base64'),
		'content-type': 'application/x-www-form-urlencoded',
	});

	it.each([
		['https://h.io/x?a=1', 'https://h.io:443/x?a=1'],
		['https://h.io:443/x?a=1', 'https://h.io/x?a=1'],
		['https://h.io:8443/x', 'https://h.io/x'],
		['http://h.io/x', 'http://h.io:80/x'],
		["https://h.io/x?a=it's", 'https://h.io/x?a=it%27s'],
		['https://h.io/x?a=(1)!', 'https://h.io/x?a=(1)!'],
	])('called as %s, signed as %s', (url, signedUrl) => {
		expect(judged('twilio', { url, body: form, headers: signed(signedUrl + FIELDS) }).ok).toBe(
			true,
		);
		const other = signedUrl.replace('h.io', 'h.example');
		expect(judged('twilio', { url, body: form, headers: signed(other + FIELDS) }).ok).toBe(false);
	});

	it('a body that is no form is bound by its hash in the URL, or by nothing', () => {
		const body = '[{"id":"EZ1","type":"com.twilio.x","time":"2026-01-05T10:00:00Z"}]';
		const hash = createHash('sha256').update(body).digest('hex');
		const url = `https://h.io/x?bodySHA256=${hash}`;
		const json = (content: string) => ({ ...signed(content), 'content-type': 'application/json' });
		expect(judged('twilio', { url, body, headers: json(url) }).ok).toBe(true);
		expect(judged('twilio', { url, body: `${body} `, headers: json(url) })).toMatchObject({
			reason: 'MISMATCH',
		});
		const bare = 'https://h.io/x';
		expect(judged('twilio', { url: bare, body, headers: json(bare) })).toMatchObject({
			reason: 'BODY_NOT_SIGNED',
		});
		const hidden = `https://h.io/x?body%53HA256=${hash}`;
		expect(judged('twilio', { url: hidden, body: 'x', headers: json(hidden) })).toMatchObject({
			reason: 'BODY_NOT_SIGNED',
		});
		expect(judged('twilio', { url: bare, method: 'GET', headers: json(bare) }).ok).toBe(true);
		expect(events('twilio', { url, body })).toMatchObject([
			{ eventId: 'EZ1', type: 'com.twilio.x' },
		]);
	});

	it('a call that asks twice is two events, a message sent twice is one', () => {
		const [one, two] = [
			'CallSid=C1&CallStatus=in-progress&Digits=1',
			'CallSid=C1&CallStatus=in-progress&Digits=2',
		];
		expect(events('twilio', { body: one })[0]?.eventId).not.toBe(
			events('twilio', { body: two })[0]?.eventId,
		);
		expect(events('twilio', { body: form })).toMatchObject([
			{ eventId: 'SM1:received', eventIdFrom: 'fields' },
		]);
	});
});

describe('Mandrill and Mailgun', () => {
	const mandrill = (key: string, list: string) => {
		const mac = createHmac('sha1', key).update(`${URL_CALLED}mandrill_events${list}`);
		const body = `mandrill_events=${encodeURIComponent(list)}`;
		return { body, headers: { 'x-mandrill-signature': mac.digest('base64') } };
	};

	it('the key that everyone knows is good for an empty list only', () => {
		const secrets = ['secret', 'test-webhook'];
		expect(judged('mandrill', mandrill('test-webhook', '[]'), { secrets }).ok).toBe(true);
		expect(judged('mandrill', mandrill('test-webhook', '[{}]'), { secrets })).toMatchObject({
			reason: 'MISMATCH',
		});
		expect(judged('mandrill', mandrill('secret', '[{}]'), { secrets }).ok).toBe(true);
		expect(asked('mandrill', mandrill('anything', '[]'))).toEqual({ status: 200 });
		expect(asked('mandrill', mandrill('secret', '[{}]'))).toBeNull();
		expect(asked('mandrill', { method: 'HEAD' })).toEqual({ status: 200 });
	});

	it('the end of the URL cannot become a field', () => {
		const list = '[{"_id":"x"}]';
		const { headers, body } = mandrill('secret', list);
		const [url, end] = [URL_CALLED.slice(0, -1), URL_CALLED.slice(-1)];
		expect(judged('mandrill', { url, headers, body: `${end}=&${body}` })).toMatchObject({
			reason: 'MALFORMED_BODY',
		});
	});

	it('each event of a list is one', () => {
		const { body } = mandrill('secret', '[{"_id":"x","event":"open","ts":1700000000},{"_id":"y"}]');
		expect(events('mandrill', { body })).toMatchObject([
			{ eventId: 'x:open:1700000000', type: 'open', occurredAt: 1_700_000_000_000 },
			{ eventIdFrom: 'content', data: { _id: 'y' } },
		]);
	});

	const timestamp = String(NOW / 1000);
	const mac = (key: string) => createHmac('sha256', key).update(`${timestamp}tok`).digest('hex');

	it('Mailgun signs for the account above too, and in a form', () => {
		const signature = {
			timestamp,
			token: 'tok',
			signature: mac('sub'),
			'parent-signature': mac('secret'),
		};
		expect(judged('mailgun', { body: JSON.stringify({ signature }) }).ok).toBe(true);
		const body = `timestamp=${timestamp}&token=tok&signature=${mac('secret')}&event=opened`;
		const verdict = judged('mailgun', { body });
		expect(verdict).toMatchObject({ ok: true, toleranceMs: 300_000, content: [timestamp, 'tok'] });
		expect(judged('mailgun', { body: body.replace('=tok&', '=tokk&') })).toMatchObject({
			reason: 'MISMATCH',
		});
	});
});
