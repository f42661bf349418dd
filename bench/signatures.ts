import { execFileSync } from 'node:child_process';
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Stripe from 'stripe';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import type { Delivery } from '../lib/domain/signature/received';
import type { Scheme } from '../lib/domain/signature/scheme';
import type { Table } from './table';

const ROOT = join(__dirname, '..');
const NOW = Date.now();
const SECONDS = String(Math.floor(NOW / 1000));
const BODY_BYTES = 2_000;
/** Short and many: whatever else the machine does then meets all of them alike. */
const ROUND_MS = 20;
const ROUNDS = 201;

const KEY = Buffer.alloc(32, 7);
const STANDARD_SECRET = `whsec_${KEY.toString('base64')}`;
const body = Buffer.from(
	JSON.stringify({ id: 'evt_1', type: 'lead', note: 'é'.repeat(20), fill: 'x'.repeat(1_900) }),
).subarray(0, BODY_BYTES);
const text = body.toString('utf8');

const standardHeaders = {
	'webhook-id': 'evt_1',
	'webhook-timestamp': SECONDS,
	'webhook-signature': `v1,${createHmac('sha256', KEY).update(`evt_1.${SECONDS}.`).update(body).digest('base64')}`,
};
const stripeSignature = createHmac('sha256', STANDARD_SECRET)
	.update(`${SECONDS}.`)
	.update(body)
	.digest('hex');
const stripeHeaders = { 'stripe-signature': `t=${SECONDS},v1=${stripeSignature}` };

const delivery = (headers: Record<string, string>): Delivery => ({
	method: 'POST',
	url: 'https://hooks.example.com/lead',
	headers,
	body,
});
const material = { secrets: [STANDARD_SECRET], publicKeys: [], expectedIds: [] };
const settings = { now: NOW };

/** As n8n runs it: what runs a bench from its source names every function as it is made, which costs more than a verification. */
function compiled() {
	execFileSync('npm', ['run', 'build', '--silent'], { cwd: ROOT, stdio: 'ignore' });
	const load = createRequire(__filename);
	const { verify } = load(
		join(ROOT, 'dist/lib/domain/signature/verify'),
	) as typeof import('../lib/domain/signature/verify');
	const { signatures } = load(
		join(ROOT, 'dist/lib/vendors/signatures'),
	) as typeof import('../lib/vendors/signatures');
	const scheme = (id: string) => signatures.find((known: Scheme) => known.id === id) as Scheme;
	return { verify, standardWebhooks: scheme('standard-webhooks'), stripe: scheme('stripe') };
}

/** Verifications of a 2 kB delivery: ours against the bare primitive and against the senders' own packages. */
export function bench(): Promise<Table[]> {
	const { verify, standardWebhooks, stripe } = compiled();
	const svix = new SvixWebhook(STANDARD_SECRET);
	const standard = new StandardWebhook(STANDARD_SECRET);
	const api = new Stripe('sk_test_x');
	const byStandard = delivery(standardHeaders);
	const byStripe = delivery(stripeHeaders);
	const given = Buffer.from(standardHeaders['webhook-signature'].slice(3), 'base64');
	const bare = (key: string | Buffer | KeyObject) => () => {
		const mac = createHmac('sha256', key).update(`evt_1.${SECONDS}.`).update(body).digest();
		return timingSafeEqual(mac, given);
	};
	const ways: Array<readonly [string, () => unknown]> = [
		['createHmac + timingSafeEqual, key as text', bare(STANDARD_SECRET)],
		['createHmac + timingSafeEqual, key as bytes', bare(KEY)],
		['createHmac + timingSafeEqual, key made once', bare(createSecretKey(KEY))],
		[
			'ours, Standard Webhooks',
			() => must(verify(standardWebhooks, byStandard, material, settings)),
		],
		['standardwebhooks', () => standard.verify(body, standardHeaders)],
		['svix', () => svix.verify(body, standardHeaders)],
		['ours, Stripe', () => must(verify(stripe, byStripe, material, settings))],
		[
			'stripe',
			() => api.webhooks.constructEvent(body, stripeHeaders['stripe-signature'], STANDARD_SECRET),
		],
	];
	const rates = interleaved(ways.map(([, verifyOnce]) => verifyOnce));
	const [base] = rates;
	return Promise.resolve([
		{
			title: `Verifications of a ${BODY_BYTES} B delivery, one core (${text.length} characters)`,
			columns: ['', 'per second', 'against the bare primitive', 'undisturbed'],
			rows: ways.map(([name], index) => {
				const { median = 0, best = 0 } = rates[index] ?? {};
				return [name, Math.round(median), median / (base?.median ?? 1), best / (base?.best ?? 1)];
			}),
			note: 'Medians of rounds that take turns; undisturbed: the best rounds. The packages parse the body as well, which ours leaves until it is asked for.',
		},
	]);
}

function must(verdict: { readonly ok: boolean }) {
	if (!verdict.ok) throw new Error(`Refused: ${JSON.stringify(verdict)}`);
}

/** The machine is noisy: everyone has a turn in each round, and the median counts. */
function interleaved(works: ReadonlyArray<() => unknown>) {
	const rates = works.map((): number[] => []);
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const [index, work] of works.entries()) rates[index]?.push(rateOf(work));
	}
	return rates.map((all) => {
		const sorted = all.sort((left, right) => left - right);
		return { median: sorted[ROUNDS >> 1] ?? 0, best: sorted.at(-1) ?? 0 };
	});
}

function rateOf(work: () => unknown): number {
	const start = process.hrtime.bigint();
	let done = 0;
	let nanoseconds = 0;
	while (nanoseconds < ROUND_MS * 1e6) {
		for (let batch = 0; batch < 200; batch += 1) work();
		done += 200;
		nanoseconds = Number(process.hrtime.bigint() - start);
	}
	return (done / nanoseconds) * 1e9;
}
