import { conclude, enrichmentBar, type StepReport } from '../../lib/domain/enrichment';
import { sameCompany } from '../../lib/domain/same-company';
import { lead } from '../leads';

describe('sameCompany', () => {
	it.each([
		[{ domain: 'example.de' }, { domain: 'example.com' }, true],
		[{ domain: 'example.com' }, { domain: 'other.com' }, false],
		[{ name: 'Acme GmbH' }, { name: 'ACME Robotics, Inc.' }, true],
		[{ name: 'Acme' }, { name: 'Apex' }, false],
		[{ name: 'Acme', domain: 'acme-mail.com' }, { name: 'Acme Inc', domain: 'acme.com' }, true],
		[{ name: 'Weaver Sp. z o.o.' }, { name: 'The Weaver' }, true],
		[{ name: '株式会社東芝' }, { name: '東芝' }, true],
		[{ name: 'Acme' }, { name: 'Acmetrix' }, false],
		[{ name: 'Steinbrück' }, { name: 'Steinbruck' }, true],
		[{}, { name: 'Apex' }, true],
	])('%j and %j: %s', (ours, theirs, same) => {
		expect(sameCompany(ours, theirs)).toBe(same);
	});
});

describe('enrichmentBar', () => {
	const personal = { identity: { emailKind: 'personal' as const } };
	const marked = { shouldEnrich: false, shouldEnrichReason: 'personal_email' };
	it.each([
		['nothing speaks against it', lead(), false, null],
		['consent denied', lead({ consent: { channels: { enrichment: false } } }), true, /Consent/],
		[
			'sale refused',
			lead({ consent: { channels: { sale: false } } }),
			true,
			/objected to the sale/,
		],
		[
			'every channel refused since it was normalised',
			lead({ consent: { channels: { email: false, phone: false } } }),
			true,
			/refused every channel/,
		],
		['disposable address', lead({ identity: { emailKind: 'disposable' } }), true, /disposable/],
		['personal address', lead(personal), false, /personal/],
		['personal address, wanted', lead({ ...personal, ...marked }), true, null],
		['marked', lead({ ...marked, shouldEnrichReason: 'test lead' }), true, /\(test lead\)/],
	])('%s', (_, one, personalAddresses, reason) => {
		const bar = enrichmentBar(one, { personalAddresses });
		if (reason === null) expect(bar).toBeNull();
		else expect(bar).toMatch(reason);
	});
});

describe('conclude', () => {
	const step = (outcome: StepReport['outcome'], code?: StepReport['code']): StepReport => ({
		provider: 'p',
		outcome,
		durationMs: 1,
		credits: 0,
		...(code && { code }),
	});
	it.each([
		[[step('hit')], [], 'enriched'],
		[[], [], 'enriched'],
		[[step('hit'), step('no-match')], ['person.title'], 'partial'],
		[[step('no-match'), step('no-match')], ['person.title'], 'unmatched'],
		[[step('no-match'), step('skipped')], ['person.title'], 'unmatched'],
		[[step('no-match'), step('failed', 'TIMEOUT')], ['person.title'], 'partial'],
		[[step('no-match'), step('skipped', 'TIMEOUT')], ['person.title'], 'partial'],
		[[step('no-match'), step('skipped', 'BUDGET_EXHAUSTED')], ['person.title'], 'partial'],
		[[step('no-match'), step('pending')], ['person.title'], 'partial'],
		[[step('failed', 'AUTH_FAILED')], ['person.title'], 'partial'],
		[[step('skipped')], ['person.title'], 'skipped'],
	] as const)('%# is %s', (steps, missing, status) => {
		expect(conclude(steps, missing).status).toBe(status);
	});
});
