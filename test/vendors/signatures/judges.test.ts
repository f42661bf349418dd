import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Material } from '../../../lib/domain/signature/scheme';
import { verifyDelivery } from '../../../lib/vendors/verify-delivery';
import { NOW, URL } from './genuine';
import { all, JUDGES, TEXTS, type Tried } from './judge-deliveries';
import { DIFFERENCES } from './judge-differences';
import { opened } from './opened';

const ADOBE_KEYS = 'https://static.adobeioevents.com/prod/keys';

const line = (asked: Tried, secret: string) =>
	JSON.stringify({
		judge: asked.judge,
		secret,
		method: 'POST',
		url: asked.delivery.url,
		headers: asked.delivery.headers,
		body: asked.delivery.body.toString('base64'),
		now: asked.now,
	});

function ask(
	lines: readonly string[],
): Array<{ ok?: boolean; error?: string; headers?: Record<string, string> }> {
	const file = join(__dirname, 'judges.mjs');
	const ran = spawnSync(process.execPath, [file], {
		input: lines.map((one) => `${one}\n`).join(''),
		encoding: 'utf8',
		timeout: 60_000,
	});
	if (ran.status !== 0) throw new Error(ran.stderr);
	return ran.stdout
		.trim()
		.split('\n')
		.map((answer) => JSON.parse(answer));
}

function materialOf(asked: Tried): Material {
	const { scheme } = JUDGES[asked.judge] ?? {};
	if (scheme === 'sendgrid') return { secrets: [], publicKeys: asked.secrets, expectedIds: [] };
	if (scheme === 'adobe-io') return { secrets: [], publicKeys: [], expectedIds: ['client-1'] };
	return { secrets: asked.secrets, publicKeys: [], expectedIds: [] };
}

async function ours(asked: Tried): Promise<boolean> {
	const scheme = opened(JUDGES[asked.judge]?.scheme ?? '');
	const [first = '', second = first] = asked.secrets;
	const keys = {
		get: async () =>
			new Map([
				[`${ADOBE_KEYS}/pub-key-1.pem`, first],
				[`${ADOBE_KEYS}/pub-key-2.pem`, second],
			]),
	};
	const gate = { scheme, material: materialOf(asked), keys };
	return (await verifyDelivery(asked.delivery, gate, asked.now)).kind !== 'refused';
}

describe('the packages of the senders as judges', () => {
	const asked = all.flatMap((one) => one.secrets.map((secret) => ({ one, secret })));
	let answers: ReturnType<typeof ask> = [];
	beforeAll(() => {
		answers = ask(asked.map(({ one, secret }) => line(one, secret)));
	}, 60_000);

	it.each(all.map((one) => [one.judge, one.what, one] as const))(
		'%s: %s',
		async (name, what, one) => {
			const said = answers.filter((_, index) => asked[index]?.one === one);
			expect(said).toHaveLength(one.secrets.length);
			const theirs = said.some(({ ok }) => ok === true);
			const known = DIFFERENCES.find(
				({ judges, what: cases }) => judges.includes(name) && cases.includes(what),
			);
			// Where a difference is listed it must still be one: the packages change.
			expect({ ours: await ours(one), theirs }).toEqual(
				known ? { ours: known.ours, theirs: !known.ours } : { ours: theirs, theirs },
			);
		},
	);

	it('every difference is of a case that was tried', () => {
		for (const { judges, what } of DIFFERENCES)
			for (const judge of judges)
				for (const one of what)
					expect(all.some((tried) => tried.judge === judge && tried.what === one)).toBe(true);
	});
});

describe('what the packages sign is accepted', () => {
	const signing = [
		'standard-webhooks',
		'svix',
		'stripe',
		'github',
		'workos',
		'hubspot-v3',
		'twilio',
	];
	const texts = Object.entries(TEXTS).filter(([, text]) => text !== '');
	const bodies = signing.flatMap((name) =>
		texts.map(([what, text]) => {
			const judge = JUDGES[name];
			if (!judge) throw new Error(`No judge ${name}`);
			// WorkOS' package signs the JSON as it would write it itself.
			const sent =
				name === 'workos' ? JSON.stringify(JSON.parse(text)) : (judge.body?.(text) ?? text);
			return { name, what, judge, body: Buffer.from(sent) };
		}),
	);
	let answers: ReturnType<typeof ask> = [];
	beforeAll(() => {
		answers = ask(
			bodies.map(({ name, judge, body }) =>
				JSON.stringify({
					act: 'sign',
					judge: name,
					secret: judge.secret,
					url: `${URL}?src=hs%3Aapp`,
					body: body.toString('base64'),
					now: NOW,
				}),
			),
		);
	}, 60_000);

	it.each(bodies.map((one, index) => [one.name, one.what, index] as const))(
		'%s: %s',
		async (judge, what, index) => {
			const {
				body,
				judge: { secret },
			} = bodies[index] ?? { body: Buffer.alloc(0), judge: { secret: '' } };
			const form =
				judge === 'twilio' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
			const headers = { ...form, ...answers[index]?.headers };
			const delivery = { method: 'POST', url: `${URL}?src=hs%3Aapp`, headers, body };
			const tried = { judge, what, delivery, secrets: [secret], now: NOW };
			expect(await ours(tried)).toBe(true);
			expect(await ours({ ...tried, secrets: ['whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH'] })).toBe(
				false,
			);
		},
	);
});
