import type { ErrorCode } from '../../lib/domain/errors';
import { isPipelineError } from '../../lib/domain/errors';
import type { Lead } from '../../lib/domain/lead';
import { useDesk } from './enrichment-desk';
import type { EnrichmentSuite, Question } from './enrichment.contract';
import type { Trouble } from './vendor-server';

const HUGE = JSON.stringify({ data: 'x'.repeat(40_000), success: true, status: 'success' });

/** What a vendor may do wrong: each has its code, and none says who the lead is. */
export function troubleContract(suite: EnrichmentSuite, questions: readonly Question[]) {
	describe.each(questions.map((question) => [question.name, question] as const))(
		'%s fails',
		(_, { ask, prepare, free }) => {
			const desk = useDesk(suite);
			let prepared = '';
			beforeEach(async () => {
				prepared = (await prepare?.(desk)) ?? '';
			});
			const failure = async (trouble: Trouble | undefined, options = {}) => {
				desk.server.trouble(trouble);
				const error = await ask(desk.http(options), prepared).catch((thrown: unknown) => thrown);
				if (!isPipelineError(error)) throw new Error(`No failure: ${JSON.stringify(error)}`);
				expectDiscreet(suite, error.message);
				expect(error.message).toContain(suite.provider.id);
				return error;
			};
			const said = (status: number, retryAfter?: string): Trouble => {
				const reply = desk.vendor.fail(status, retryAfter);
				const headers = { ...reply.headers, ...(retryAfter && { 'retry-after': retryAfter }) };
				return { kind: 'reply', reply: { ...reply, headers } };
			};
			const never = suite.never ?? {};

			(never['wrong key'] ? it.skip : it)('with a wrong key', async () => {
				const error = await failure(undefined, { sign: suite.wrongSign });
				expect(error.code).toBe<ErrorCode>('AUTH_FAILED');
			});

			(never.quota || free ? it.skip : it)('without credits', async () => {
				desk.vendor.drain?.();
				const error = await failure(desk.vendor.drain ? undefined : said(402));
				expect(error.code).toBe<ErrorCode>('QUOTA_EXHAUSTED');
			});

			(never['rate limit'] ? it.skip : it).each([
				['seconds', () => '7', 7_000],
				['a date', () => new Date(desk.now() + 30_000).toUTCString(), 30_000],
			])('when asked too often, with Retry-After in %s', async (_form, header, retryAfterMs) => {
				const error = await failure(said(429, header()));
				expect(error.code).toBe<ErrorCode>('RATE_LIMITED');
				if (!suite.rateLimitInBody) expect(error.details.retryAfterMs).toBe(retryAfterMs);
			});

			it.each<[string, () => Trouble, ErrorCode]>([
				['with a 500', () => said(500), 'UPSTREAM_UNAVAILABLE'],
				['with a 503', () => said(503), 'UPSTREAM_UNAVAILABLE'],
				['with a page', () => page(200), 'UPSTREAM_UNAVAILABLE'],
				['with a page and a 502', () => page(502), 'UPSTREAM_UNAVAILABLE'],
				['with a huge body', () => reply(200, HUGE), 'UPSTREAM_UNAVAILABLE'],
				['with a reset', () => ({ kind: 'reset' }), 'UPSTREAM_UNAVAILABLE'],
				['with silence', () => ({ kind: 'silence' }), 'TIMEOUT'],
				['with a body that does not end', () => ({ kind: 'slow-body' }), 'TIMEOUT'],
			])('%s', async (_case, trouble, code) => {
				const waits = code === 'TIMEOUT' ? { timeoutMs: 60 } : {};
				const error = await failure(trouble(), { ...waits, maxBytes: 30_000 });
				expect(error.code).toBe(code);
			});

			(never['unreadable answer'] ? it.skip : it).each<[string, Trouble]>([
				['with half a body', half],
				['with an empty body', reply(200, '')],
			])('%s', async (_case, trouble) => {
				expect((await failure(trouble)).code).toBe('UPSTREAM_UNAVAILABLE');
			});

			it('with a refusal that repeats who was asked about', async () => {
				const { email, phone } = leadOf(suite)?.identity ?? {};
				const message = `Cannot process ${email}, ${phone ?? '+14155550123'}, key=abcdefghijklmnop`;
				await failure(reply(400, JSON.stringify({ message, error: message, reason: message })));
			});
		},
	);
}

const reply = (status: number, body: string): Trouble => ({
	kind: 'reply',
	reply: { status, body },
});
const page = (status: number): Trouble => ({
	kind: 'reply',
	reply: {
		status,
		headers: { 'content-type': 'text/html' },
		body: '<!doctype html><title>Gateway</title><h1>Sorry</h1>',
	},
});
const half: Trouble = {
	kind: 'change',
	change: (text) => text.slice(0, Math.floor(text.length / 2)),
};

const leadOf = ({ found, later }: EnrichmentSuite): Lead | undefined =>
	found?.lead ?? later?.found.lead;

/** Errors end in logs and chat channels. */
function expectDiscreet(suite: EnrichmentSuite, message: string) {
	const lead = leadOf(suite);
	const emails = [lead?.identity.email, ...Object.keys(suite.verify ?? {})];
	const names = [lead?.person.lastName, lead?.person.fullName, lead?.person.linkedinUrl];
	for (const secret of [...emails, ...names, lead?.identity.phone, 'abcdefghijklmnop']) {
		if (secret) expect(message).not.toContain(secret);
	}
}
