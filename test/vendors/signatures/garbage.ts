import type { Delivery } from '../../../lib/domain/signature/received';

/** Repeats itself from its seed. Small, fast and even enough to choose with (mulberry32). */
export function chance(seed: number) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		below,
		oneOf: <T>(list: readonly T[]): T => list[below(list.length)]!,
		bytes: (length: number) => Buffer.from(Array.from({ length }, () => below(256))),
	};
}

export type Chance = ReturnType<typeof chance>;

/** What someone sends who knows what programs stumble over. */
const BODIES: readonly string[] = [
	'',
	'null',
	'0',
	'"text"',
	'[]',
	'{}',
	'[null]',
	'[[]]',
	'[1,"a",{},null]',
	'{"__proto__":{"id":"x"},"constructor":1}',
	'{"toString":1,"valueOf":2,"id":{"toString":1}}',
	'[{"id":{"toString":1},"type":[],"event":{},"messageId":{"a":1},"timestamp":1e400}]',
	'{"value":[{}]}',
	'{"value":[{"clientState":""}]}',
	'{"value":[{"clientState":["cs-secret"]}],"validationTokens":[1]}',
	'{"signature":null}',
	'{"signature":{"timestamp":1e99,"token":"","signature":{}}}',
	'{"meta":{"id":9007199254740993,"timestamp":-1e300,"version":"2.0"}}',
	'{"id":"x","type":"y","created":1e308,"event_time":1e308,"created_at":"+999999-01-01","time":"9999999999999"}',
	'{"webhookTimestamp":"1700000000000"}',
	'[{"sg_event_id":1,"event":true,"timestamp":"1"}]',
	`${'['.repeat(20_000)}${']'.repeat(20_000)}`,
	`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
	`[${'{"a":'.repeat(150)}1${'}'.repeat(150)}]`,
	'mandrill_events=%5B%5D',
	'mandrill_events=%5Bnull%2C1%2C%7B%7D%5D',
	'mandrill_events=%ZZ%&&==&',
	'payload=%7B%22trigger_id%22%3A%7B%7D%7D',
	'timestamp=1700000000&token=x&signature=00',
	'CallSid=&MessageSid&SmsStatus=%00',
	'<a/>',
	'<!DOCTYPE a [<!ENTITY e "00D000000000001">]><Envelope><Body><notifications><OrganizationId>&e;</OrganizationId></notifications></Body></Envelope>',
	'<Envelope><Body><notifications><OrganizationId>00D000000000001</OrganizationId><OrganizationId>x</OrganizationId><Notification><Id>1</Id></Notification></notifications></Body></Envelope>',
	'<a>'.repeat(5000),
	'\ufeff{"id":1}',
	Buffer.from('{"recipientclientid":"client-1"}').toString('base64'),
];

const URLS: readonly string[] = [
	'',
	'not a url',
	'https://[',
	'https://hooks.example.com',
	'https://hooks.example.com/?token=%zz&token',
	'https://hooks.example.com/?token=a&token=b',
	'https://hooks.example.com/?validationToken=%3Cscript%3Ealert(1)%3C%2Fscript%3E+x',
	'https://hooks.example.com/?challenge=8ec8d794&hub.mode=subscribe&hub.challenge=1234',
	'https://hooks.example.com/?bodySHA256=00&bodySHA256=01',
	'https://hooks.example.com:99999/x?bodySHA256=',
	'http://user:pass@hooks.example.com:80/a/../b?#x?token=1',
];

/** `null` stands for any text that says nothing. */
const VALUES: readonly unknown[] = [
	'',
	' ',
	null,
	undefined,
	0,
	NaN,
	{},
	[],
	[''],
	['a', 'b'],
	['a', ['b']],
	'=',
	't=,v1=',
	't=1700000000,v1=',
	'v1,',
	'sha256=',
	'Basic ',
	'Basic Og==',
	'Bearer ',
	'Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.',
	'Bearer ..',
	'@evil.example/prod/keys/pub-key-1.pem',
	'1700000000',
	'1700000000000',
	'99999999999999999999',
	'2023-11-14T22:13:20Z',
	'Tue, 14 Nov 2023 22:13:20 GMT',
	'x'.repeat(10_000),
	','.repeat(1000),
	'v1,A '.repeat(200),
	'0'.repeat(64),
	'AA==',
];

export const METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'post', ''];

export const garbageBody = (luck: Chance): Buffer =>
	luck.below(5) === 0 ? luck.bytes(luck.below(200)) : Buffer.from(luck.oneOf(BODIES));

export const garbageUrl = (luck: Chance): string => luck.oneOf(URLS);

export const garbageValue = (luck: Chance, known: readonly unknown[]): unknown =>
	luck.below(3) === 0
		? luck.bytes(luck.below(80)).toString('latin1')
		: luck.oneOf([...VALUES, ...known]);

/** Nothing of it was ever signed, but names and values are those that schemes look at. */
export function garbage(
	luck: Chance,
	{ names, values }: { readonly names: readonly string[]; readonly values: readonly unknown[] },
): Delivery {
	const headers: Record<string, unknown> = {};
	for (let count = luck.below(6); count > 0; count -= 1)
		headers[luck.oneOf(names)] = garbageValue(luck, values);
	return { method: luck.oneOf(METHODS), url: garbageUrl(luck), headers, body: garbageBody(luck) };
}
