import fc from 'fast-check';
import { applyChanges, diffFields, sameValue, type Fields } from '../../lib/domain/field-diff';

const STAGES = ['lead', 'marketingqualifiedlead', 'customer'];

describe('diffFields', () => {
	test.each<[string, Fields, Fields, object, object]>([
		['a new value', {}, { city: 'Bonn' }, { city: { to: 'Bonn' } }, {}],
		['another value', { city: 'Ulm' }, { city: 'Bonn' }, { city: { from: 'Ulm', to: 'Bonn' } }, {}],
		['the same value', { city: 'Bonn' }, { city: 'Bonn' }, {}, {}],
		['nothing over something', { city: 'Bonn' }, { city: ' ', zip: undefined }, {}, {}],
		[
			'blank counts as empty',
			{ original_source: ' ' },
			{ original_source: 'ads' },
			{ original_source: { to: 'ads' } },
			{},
		],
		[
			'first touch',
			{ original_source: 'fair' },
			{ original_source: 'ads' },
			{},
			{ original_source: 'fair' },
		],
		['a protected value', { phone: '+1' }, { phone: '+2' }, {}, { phone: '+1' }],
		['a protected empty one', {}, { phone: '+2' }, { phone: { to: '+2' } }, {}],
		[
			'forward',
			{ stage: 'lead' },
			{ stage: 'customer' },
			{ stage: { from: 'lead', to: 'customer' } },
			{},
		],
		['back', { stage: 'customer' }, { stage: 'lead' }, {}, { stage: 'customer' }],
		['from an unknown stage', { stage: '992' }, { stage: 'lead' }, {}, { stage: '992' }],
		['to an unknown stage', { stage: 'lead' }, { stage: '992' }, {}, { stage: 'lead' }],
		[
			'one instant, two spellings',
			{ at: '2026-11-21T09:00:00Z' },
			{ at: '2026-11-21T10:00:00.000+01:00' },
			{},
			{},
		],
		['a recorded no', { ok: 'false' }, { ok: 'true' }, {}, { ok: 'false' }],
		['a yes taken back', { ok: 'true' }, { ok: 'No' }, { ok: { from: 'true', to: 'No' } }, {}],
		['a first yes', {}, { ok: 'true' }, { ok: { to: 'true' } }, {}],
		['a name of Object.prototype', {}, { constructor: 'x' }, { constructor: { to: 'x' } }, {}],
	])('%s', (_name, current, wanted, changed, kept) => {
		const rules = {
			writeOnce: ['original_source'],
			protect: ['phone'],
			permissions: ['ok'],
			forwardOnly: { stage: STAGES },
		};
		const diff = diffFields(current, wanted, rules);
		expect(diff.changed).toEqual(changed);
		expect(
			Object.fromEntries(Object.entries(diff.kept).map(([name, { value }]) => [name, value])),
		).toEqual(kept);
	});

	test('says why it kept a value', () => {
		const { kept } = diffFields(
			{ stage: 'customer' },
			{ stage: 'lead' },
			{ forwardOnly: { stage: STAGES } },
		);
		expect(kept['stage']?.reason).toBe("'customer' comes after 'lead', and it never goes back");
	});
});

describe('the algebra', () => {
	const names = fc.constantFrom('email', 'city', 'stage', 'phone', 'source');
	const value = fc.option(fc.constantFrom('', ' ', 'a', 'b', 'lead', 'customer'), { nil: null });
	const fields = fc.dictionary(names, value);
	const rules = fc.record({
		writeOnce: fc.subarray(['source', 'city']),
		protect: fc.subarray(['phone', 'city']),
		forwardOnly: fc.constantFrom({}, { stage: STAGES }),
	});

	test('the write brings the wanted values, or says what it kept', () => {
		fc.assert(
			fc.property(fields, fields, rules, (current, wanted, how) => {
				const { changed, kept } = diffFields(current, wanted, how);
				const after = applyChanges(current, changed);
				for (const [name, to] of Object.entries(wanted)) {
					if (!to?.trim()) continue;
					const expected = kept[name]?.value ?? to.trim();
					expect(sameValue(after[name] ?? '', expected)).toBe(true);
				}
			}),
		);
	});

	test('nothing is ever cleared, and nothing unasked is touched', () => {
		fc.assert(
			fc.property(fields, fields, rules, (current, wanted, how) => {
				const after = applyChanges(current, diffFields(current, wanted, how).changed);
				for (const [name, before] of Object.entries(current)) {
					if (before?.trim()) expect(after[name]?.trim()).toBeTruthy();
					if (!(name in wanted)) expect(after[name]).toBe(before);
				}
			}),
		);
	});

	test('a second time there is nothing left to write', () => {
		fc.assert(
			fc.property(fields, fields, rules, (current, wanted, how) => {
				const after = applyChanges(current, diffFields(current, wanted, how).changed);
				expect(diffFields(after, wanted, how).changed).toEqual({});
			}),
		);
	});
});
