import fc from 'fast-check';
import { conclude, enrichmentBar, merge, type StepReport } from '../../lib/domain/enrichment';
import { facts } from '../../lib/domain/enrichment-facts';
import { FIELD_PATHS, missingOf, valueAt } from '../../lib/domain/enrichment-fields';
import { sameCompany } from '../../lib/domain/same-company';
import { lead } from '../leads';

const at = '2026-11-01T10:00:02.000Z';
const from = (said: Parameters<typeof facts>[0], provider = 'apollo') => ({
	provider,
	at,
	facts: facts(said),
});

describe('merge', () => {
	it('fills what is missing, says from where, and keeps what the form said', () => {
		const merged = merge(
			lead({ person: { title: 'VP Sales' } }),
			{ ...from({ 'person.title': 'Director', 'person.seniority': 'vp' }), confidence: 0.9 },
			FIELD_PATHS,
		);
		expect(merged.lead.person).toMatchObject({ title: 'VP Sales', seniority: 'vp' });
		expect(merged.filled).toEqual({
			'person.seniority': { provider: 'apollo', at, confidence: 0.9 },
		});
		expect(merged.conflicts).toEqual([]);
	});

	it('puts a zone that is known in the place of one that was worked out, but not of a given one', () => {
		const said = from({ 'person.timezone': 'America/Denver' });
		const zone = (timezoneSource: 'given' | 'inferred:state') =>
			lead({ person: { timezone: 'America/New_York', timezoneSource } });
		expect(merge(zone('inferred:state'), said, FIELD_PATHS).lead.person).toMatchObject({
			timezone: 'America/Denver',
			timezoneSource: 'enriched',
		});
		expect(merge(zone('given'), said, FIELD_PATHS).facts).toEqual({});
	});

	it('fills only what the step may fill', () => {
		const said = { 'person.seniority': 'vp', 'person.city': 'Boston' };
		expect(merge(lead(), from(said), ['person.city']).facts).toEqual({ 'person.city': 'Boston' });
	});

	it('keeps the company of the form and takes nothing of the other one, nor of the job there', () => {
		const merged = merge(
			lead(),
			from({
				'company.name': 'Old Mill Insurance',
				'company.domain': 'oldmill.com',
				'company.employeeCount': 5200,
				'person.title': 'Account Executive',
				'person.city': 'Chicago',
			}),
			FIELD_PATHS,
		);
		expect(merged.facts).toEqual({ 'person.city': 'Chicago' });
		expect(merged.conflicts).toEqual([
			{
				field: 'company.name',
				kept: 'Northwind',
				offered: 'Old Mill Insurance',
				provider: 'apollo',
				withheld: ['person.title', 'company.employeeCount'],
			},
			{
				field: 'company.domain',
				kept: 'northwind.com',
				offered: 'oldmill.com',
				provider: 'apollo',
			},
		]);
	});

	it('takes the facts of the same company under another top-level domain, and shows the difference', () => {
		const said = { 'company.domain': 'northwind.de', 'company.employeeCount': 800 };
		const merged = merge(lead(), from(said), FIELD_PATHS);
		expect(merged.facts).toEqual({ 'company.employeeCount': 800 });
		expect(merged.conflicts).toMatchObject([{ field: 'company.domain', offered: 'northwind.de' }]);
	});

	it('never changes a field that has a value, whoever says what and in whatever order', () => {
		const offers = fc.array(
			fc.dictionary(
				fc.constantFrom(...FIELD_PATHS),
				fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
			),
			{ maxLength: 5 },
		);
		fc.assert(
			fc.property(offers, (all) => {
				all.reduce((now, said) => {
					const { lead: next } = merge(now, from(said), FIELD_PATHS);
					const before = FIELD_PATHS.filter((path) => !missingOf(now, [path]).length);
					for (const path of before) expect(valueAt(next, path)).toEqual(valueAt(now, path));
					return next;
				}, lead());
			}),
		);
	});
});

describe('sameCompany', () => {
	it.each([
		[{ domain: 'example.de' }, { domain: 'example.com' }, true],
		[{ domain: 'example.com' }, { domain: 'other.com' }, false],
		[{ name: 'Acme GmbH' }, { name: 'ACME Robotics, Inc.' }, true],
		[{ name: 'Acme' }, { name: 'Apex' }, false],
		[{ name: 'Acme', domain: 'acme-mail.com' }, { name: 'Acme Inc', domain: 'acme.com' }, true],
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
		[[step('failed', 'AUTH_FAILED')], ['person.title'], 'partial'],
		[[step('skipped')], ['person.title'], 'skipped'],
	] as const)('%# is %s', (steps, missing, status) => {
		expect(conclude(steps, missing).status).toBe(status);
	});
});
