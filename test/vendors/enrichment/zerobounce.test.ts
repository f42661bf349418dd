import { zerobounce } from '../../../lib/vendors/enrichment/zerobounce';
import { ZeroBounceApi } from '../../../credentials/ZeroBounceApi.credentials';
import { secrets } from '../../../sandbox/secrets';
import { openZeroBounce } from '../../../sandbox/vendors/zerobounce';
import { enrichmentContract } from '../../contracts/enrichment.contract';
import { signedBy } from '../../contracts/signing';
import { lead } from '../../leads';
import { answering } from './answers';

const at = (email: string) => lead({ identity: { email } });
const dana = 'dana.whitfield@northwind-analytics.com';

enrichmentContract({
	provider: zerobounce,
	open: openZeroBounce,
	sign: signedBy(new ZeroBounceApi(), { apiKey: secrets.zerobounceKey }),
	wrongSign: signedBy(new ZeroBounceApi(), { apiKey: 'wrong' }),
	found: {
		lead: at(dana),
		fields: { 'identity.emailStatus': 'valid' },
		credits: 1,
	},
	nobody: { lead: at('kim@unreachable-host.example') },
	bulk: {},
	verify: {
		[dana]: { status: 'valid', credits: 1 },
		'nobody.there@northwind-analytics.com': { status: 'invalid', credits: 1 },
		'soren.angstrom@nordkyst-shipping.com': { status: 'accept_all', credits: 1 },
		'info@northwind-analytics.com': { status: 'valid', role: true, credits: 1 },
		'x7@mailinator.com': { status: 'unknown', disposable: true, credits: 1 },
		'kim@unreachable-host.example': { status: 'unknown', credits: 0 },
	},
});

describe('ZeroBounce', () => {
	it.each([
		['spamtrap', '', 'invalid'],
		['abuse', '', 'invalid'],
		['do_not_mail', 'global_suppression', 'invalid'],
		['do_not_mail', 'possible_trap', 'invalid'],
		['do_not_mail', 'mx_forward', 'unknown'],
		['do_not_mail', 'role_based_catch_all', 'accept_all'],
		['valid', 'ai_agent_mailbox', 'valid'],
		['valid', 'accept_all', 'accept_all'],
		['valid', 'role_based_accept_all', 'accept_all'],
		['catch-all', 'ai_agent_mailbox', 'accept_all'],
	])('reads %s (%s) as %s', async (status, sub_status, read) => {
		const { http } = answering({ body: { address: 'a@b.com', status, sub_status } });
		expect(await zerobounce.emailVerifier?.verify('a@b.com', http)).toMatchObject({ status: read });
	});

	it('asks again another time where nothing could be found out', async () => {
		const { http } = answering({ body: { address: 'a@b.com', status: 'unknown' } });
		expect(await zerobounce.lookup(at('a@b.com'), http, [])).toEqual({
			kind: 'no-match',
			credits: 0,
			unanswered: ['identity.emailStatus'],
		});
	});

	it('pays once for an address that two leads share, and tells one broken row from the rest', async () => {
		const { http, requests } = answering({
			body: {
				email_batch: [{ address: 'a@b.com', status: 'valid', sub_status: '' }],
				errors: [{ error: 'The row is broken', email_address: 'c@d.com' }],
			},
		});
		const leads = [at('a@b.com'), at('a@b.com'), at('c@d.com'), at('e@f.com')];
		const answers = await zerobounce.bulk?.lookup(leads, http, []);
		expect(requests[0]?.body).toMatchObject({ email_batch: [{}, {}, {}] });
		expect(answers).toMatchObject([
			{ kind: 'found', credits: 1 },
			{ kind: 'found', credits: 0 },
			{ code: 'UPSTREAM_UNAVAILABLE', message: 'zerobounce answered 200: The row is broken' },
			{ code: 'UPSTREAM_UNAVAILABLE' },
		]);
	});

	it('does not take its shield for a wrong key', async () => {
		const { http } = answering({ status: 403, body: 'Forbidden' });
		await expect(zerobounce.lookup(at('a@b.com'), http, [])).rejects.toMatchObject({
			code: 'UPSTREAM_UNAVAILABLE',
		});
	});
});
