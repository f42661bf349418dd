import type { Pricing } from '../../../lib/vendors/enrichment/port';
import { planOf, whyNot } from '../../../lib/vendors/waterfall/legs';
import { lead } from '../../leads';
import { COMPANY, nobody, TITLE, world } from './world';

const provider = world().provider('one', { company: () => nobody });
const both = [...TITLE, ...COMPANY];
const noAddress = lead({ identity: { email: undefined } } as Parameters<typeof lead>[0]);
const noDomain = lead({ company: { domain: undefined } } as Parameters<typeof lead>[0]);

interface Case {
	readonly one?: ReturnType<typeof lead>;
	readonly need?: typeof both;
	readonly kept?: boolean;
	readonly beside?: boolean;
	readonly pricing?: Partial<Pricing>;
}

const partsOf = ({ one = lead(), need = both, kept = false, beside = false, pricing }: Case) => {
	const step = { provider, fields: [], timeoutMs: 1, ...(pricing && { pricing }) };
	const plan = planOf(step, one, { need, companyKept: kept, companyBeside: beside });
	const text = ({ part, wanted }: (typeof plan.atOnce)[number]) => `${part}: ${wanted.length}`;
	return [plan.atOnce.map(text).join(' and '), plan.ifNoCompany && text(plan.ifNoCompany)];
};

describe('planOf', () => {
	it.each<[string, Case, string, string | undefined]>([
		['one answer for both', {}, 'person: 3', 'company: 2'],
		['the company alone', { need: [...COMPANY] }, 'company: 2', undefined],
		['the person alone', { need: [...TITLE] }, 'person: 1', undefined],
		['a kept company is not paid for again', { kept: true }, 'company: 2 and person: 1', undefined],
		['time presses', { beside: true }, 'company: 2 and person: 1', undefined],
		[
			'apart costs no more',
			{ pricing: { perHit: 2, perPersonHit: 1, perCompanyHit: 1 } },
			'company: 2 and person: 1',
			undefined,
		],
		[
			'apart costs more',
			{ pricing: { perHit: 2, perPersonHit: 1.5, perCompanyHit: 1 } },
			'person: 3',
			'company: 2',
		],
		['nothing is known of the person', { one: noAddress }, 'company: 2', undefined],
		['no domain', { one: noDomain }, 'person: 3', undefined],
	])('%s', (_, given, atOnce, ifNoCompany) => {
		expect(partsOf(given)).toEqual([atOnce, ifNoCompany]);
	});

	it('says why neither can be asked', () => {
		expect(whyNot(provider, noAddress, TITLE)).toBe('It needs an email address');
		expect(whyNot(provider, noAddress, both)).toBeNull();
	});
});
