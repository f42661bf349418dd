import { neverbounce } from '../../../lib/vendors/enrichment/neverbounce';
import { NeverBounceApi } from '../../../credentials/NeverBounceApi.credentials';
import { secrets } from '../../../sandbox/secrets';
import { openNeverBounce } from '../../../sandbox/vendors/neverbounce';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { signedBy } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

const at = (email: string) => lead({ identity: { email } });
const dana = 'dana.whitfield@northwind-analytics.com';

enrichmentContract({
	provider: neverbounce,
	open: openNeverBounce,
	sign: signedBy(new NeverBounceApi(), { apiKey: secrets.neverbounceKey }),
	wrongSign: signedBy(new NeverBounceApi(), { apiKey: 'wrong' }),
	rateLimitInBody: true,
	found: { lead: at(dana), fields: { 'identity.emailStatus': 'valid' }, credits: 1 },
	verify: {
		[dana]: { status: 'valid', credits: 1 },
		'nobody.there@northwind-analytics.com': { status: 'invalid', credits: 1 },
		'soren.angstrom@nordkyst-shipping.com': { status: 'accept_all', credits: 1 },
		'info@northwind-analytics.com': { status: 'valid', role: true, credits: 1 },
		'x7@mailinator.com': { status: 'unknown', disposable: true, credits: 1 },
		'kim@unreachable-host.example': { status: 'unknown', credits: 1 },
	},
	later: {
		readyMs: 4_000,
		found: { lead: at(dana), fields: { 'identity.emailStatus': 'valid' }, credits: 1 },
		partial: {
			lead: at('soren.angstrom@nordkyst-shipping.com'),
			fields: { 'identity.emailStatus': 'accept_all' },
			credits: 1,
		},
		nobody: { lead: at('kim@unreachable-host.example'), credits: 1 },
	},
});

describe('NeverBounce', () => {
	const started = { body: { status: 'success', job_id: 7 } };
	const complete = { body: { status: 'success', job_status: 'complete' } };
	const row = (id: string, result: string) => ({ data: { id }, verification: { result } });

	it('sends an address that two leads share once, and pays for it once', async () => {
		const results = [row('1', 'invalid'), row('0 2', 'valid')];
		const body = { status: 'success', total_pages: 1, results };
		const { http, requests } = answering(started, complete, { body });
		const job = await neverbounce.later?.start(
			['a@b.com', 'c@d.com', 'a@b.com'].map(at),
			http,
			undefined,
		);
		expect(requests[0]?.body).toMatchObject({
			input: [
				{ id: '0 2', email: 'a@b.com' },
				{ id: '1', email: 'c@d.com' },
			],
		});
		expect(await neverbounce.later?.collect?.(job?.jobId ?? '', http)).toMatchObject({
			lookups: [
				{ fields: { 'identity.emailStatus': 'valid' }, credits: 1 },
				{ fields: { 'identity.emailStatus': 'invalid' }, credits: 1 },
				{ fields: { 'identity.emailStatus': 'valid' }, credits: 0 },
			],
		});
	});

	it('reads all pages, and says which lead has no verdict', async () => {
		const page = (results: unknown[]) => ({ body: { status: 'success', total_pages: 2, results } });
		const { http, requests } = answering(
			complete,
			page([row('0', 'valid')]),
			page([row('1', 'odd')]),
		);
		expect(await neverbounce.later?.collect?.('7.2', http)).toMatchObject({
			lookups: [{ kind: 'found' }, { code: 'UPSTREAM_UNAVAILABLE' }],
		});
		expect(requests.map(({ query }) => query?.['page'])).toEqual([undefined, 1, 2]);
	});

	it.each([
		['failed', { job_status: 'failed', failure_reason: 'bad_file' }, 'UPSTREAM_UNAVAILABLE'],
		['another shape', { state: 'done' }, 'UPSTREAM_UNAVAILABLE'],
	])('does not wait for a job that is %s', async (_, body, code) => {
		const { http } = answering({ body: { status: 'success', ...body } });
		await expect(neverbounce.later?.collect?.('7.1', http)).rejects.toMatchObject({ code });
	});
});
