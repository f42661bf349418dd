import { deliveryEvent, eventsOf } from '../../../lib/domain/signature/event-facts';
import { receive, type Delivery } from '../../../lib/domain/signature/received';
import { REFUSALS } from '../../../lib/domain/signature/refusals';
import { verify } from '../../../lib/domain/signature/verify';
import { caseOf, EVERY_SCHEME, NOW, without, type Case } from './every-scheme';
import {
	chance,
	garbage,
	garbageBody,
	garbageUrl,
	garbageValue,
	METHODS,
	type Chance,
} from './garbage';
import { provenAlike } from './proven';

const RUNS = 200_000;
/** Another one each time; a failure prints it, and FUZZ_SEED repeats it. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 32);
const CASES = EVERY_SCHEME.map((scheme) => caseOf(scheme));
const NAMES = [...new Set(CASES.flatMap(({ delivery }) => Object.keys(delivery.headers)))];
const KNOWN = CASES.flatMap(({ delivery, material }) => [
	...Object.values(delivery.headers),
	...material.secrets,
]);

/** Where keys may be fetched from. */
const KEY_STORES =
	/^https:\/\/(?:static\.adobeioevents\.com\/prod\/keys\/pub-key-[\w-]+\.pem|login\.microsoftonline\.com\/common\/discovery\/v2\.0\/keys)$/;

/** How long before and after its time a token is good, beside the tolerance of the scheme. */
const LIFETIME_MS: Readonly<Record<string, readonly [before: number, after: number]>> = {
	jwt: [Infinity, 330_000],
};

function altered(luck: Chance, { delivery }: Case): Delivery {
	const { url, headers, body } = delivery;
	const name = luck.oneOf(Object.keys(headers)) ?? luck.oneOf(NAMES);
	const text = String(headers[name] ?? '');
	const at = luck.below(body.length + 1);
	const other = luck.oneOf(CASES).delivery;
	switch (luck.below(16)) {
		case 0: {
			const flipped = Buffer.from(body);
			if (at < body.length) flipped[at] = luck.below(256);
			return { ...delivery, body: flipped };
		}
		case 1:
			return { ...delivery, body: body.subarray(0, at) };
		case 2:
			return {
				...delivery,
				body: Buffer.concat([
					body.subarray(0, at),
					luck.bytes(1 + luck.below(8)),
					body.subarray(at),
				]),
			};
		case 3:
			return { ...delivery, body: Buffer.concat([body, body]) };
		case 4:
			return { ...delivery, body: other.body };
		case 5:
			return { ...delivery, body: garbageBody(luck) };
		case 6: {
			return { ...delivery, headers: without(headers, name) };
		}
		case 7:
			return { ...delivery, headers: { ...headers, [name]: garbageValue(luck, KNOWN) } };
		case 8: {
			const place = luck.below(text.length + 1);
			const value =
				text.slice(0, place) + luck.bytes(1).toString('latin1') + text.slice(place + luck.below(2));
			return { ...delivery, headers: { ...headers, [name]: value } };
		}
		case 9:
			return { ...delivery, headers: { ...headers, [name]: [text, luck.oneOf(KNOWN)] } };
		case 10:
			return { ...delivery, headers: { ...headers, ...other.headers } };
		case 11:
			return {
				...delivery,
				headers: { ...headers, [luck.oneOf(NAMES)]: garbageValue(luck, KNOWN) },
			};
		case 12:
			return { ...delivery, url: garbageUrl(luck) };
		case 13:
			return {
				...delivery,
				url: `${url}${luck.oneOf(['&x=1', '#x', '/', '&token=x', '%20', '&bodySHA256=00'])}`,
			};
		case 14:
			return { ...delivery, method: luck.oneOf(METHODS) };
		default:
			// The boundary between what is signed before the body and the body, which no separator marks.
			return {
				...delivery,
				url: url + body.subarray(0, at).toString('latin1'),
				body: body.subarray(at),
			};
	}
}

/** Reads what an attacker wrote, wherever the package would: none of it may throw. */
function readAll({ scheme, material }: Case, delivery: Delivery) {
	const received = receive(delivery);
	const events = eventsOf(scheme, received);
	for (const event of [...events, deliveryEvent(events, received.body)]) {
		if (event.eventId === '') throw new Error('an event without an id');
		if (event.occurredAt !== undefined) new Date(event.occurredAt).toISOString();
		if (event.data !== undefined) JSON.stringify(event.data);
	}
	const keys = scheme.keyUrls?.(received);
	if (keys?.ok && !keys.urls.every((url) => KEY_STORES.test(url)))
		throw new Error(`keys would be fetched from ${keys.urls.join()}`);
	const secret = material.secrets[0] ?? '';
	for (const answer of [
		scheme.challenge?.unsigned?.(received, material),
		scheme.challenge?.signed?.(received, secret),
	]) {
		if (
			answer &&
			answer.body?.includes(secret) &&
			secret !== '' &&
			!String(delivery.body).includes(secret) &&
			!delivery.url.includes(secret)
		)
			throw new Error('an answer with the secret in it');
		if (answer && /html/.test(answer.contentType ?? ''))
			throw new Error('an answer that a browser would run');
	}
}

const outcomes = { accepted: 0, refused: 0 };

function judge(given: Case, delivery: Delivery, now: number) {
	const { id, scheme, material } = given;
	readAll(given, delivery);
	const verdict = verify(scheme, delivery, material, { now });
	outcomes[verdict.ok ? 'accepted' : 'refused'] += 1;
	if (!verdict.ok) {
		if (!(verdict.reason in REFUSALS)) throw new Error(`the reason ${verdict.reason}`);
		return;
	}
	const limitMs = scheme.toleranceMs ?? Infinity;
	const [before, after] = LIFETIME_MS[id] ?? [limitMs, limitMs];
	const age = now - NOW;
	if (age > after || age < -before) throw new Error(`accepted ${age} ms from its time`);
	if (!provenAlike(id, given.delivery, delivery)) throw new Error('accepted what nobody signed');
}

function run(luck: Chance, done: number) {
	const given = luck.oneOf(CASES);
	let delivery = given.delivery;
	try {
		if (luck.below(5) === 0) delivery = garbage(luck, { names: NAMES, values: KNOWN });
		else
			for (let count = luck.below(4); count > 0; count -= 1)
				delivery = altered(luck, { ...given, delivery });
		const shift = luck.below(8) === 0 ? (luck.below(2) === 0 ? 1 : -1) * luck.below(86_400_000) : 0;
		judge(given, delivery, NOW + shift);
	} catch (error) {
		const { method, url, headers, body } = delivery;
		const what = JSON.stringify({ method, url, headers, body: body.toString('base64') });
		throw new Error(
			`FUZZ_SEED=${SEED}, delivery ${done}, ${given.id}: ${String(error)}\n${what.slice(0, 4000)}`,
			{
				cause: error,
			},
		);
	}
}

it(`lets nothing false in and does not fall over, ${RUNS} deliveries over ${CASES.length} schemes`, () => {
	const luck = chance(SEED);
	for (let done = 0; done < RUNS; done += 1) run(luck, done);
	// A fifth comes as it was signed, so neither side may be empty.
	expect(outcomes.accepted).toBeGreaterThan(RUNS / 10);
	expect(outcomes.refused).toBeGreaterThan(RUNS / 3);
}, 120_000);
