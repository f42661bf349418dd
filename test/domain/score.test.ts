import fc from 'fast-check';
import { score, scoreNote, type ScoreConfig, type ScoreRule } from '../../lib/domain/score';

const config: ScoreConfig = {
	threshold: 60,
	caps: [],
	configVersion: '7',
	scoredAt: '2026-11-01T10:00:00.000Z',
};
const rule = (name: string, group: string, points: number, matched = true): ScoreRule => ({
	name,
	group,
	points,
	matched,
});

describe('score', () => {
	it('adds up the rules that matched and lists the others', () => {
		const result = score(
			[rule('Director', 'fit', 25), rule('Demo', 'engagement', 47), rule('Big', 'fit', 20, false)],
			config,
		);
		expect(result).toEqual({
			value: 72,
			threshold: 60,
			band: 'mql',
			rules: [
				{ ...rule('Director', 'fit', 25), awarded: 25 },
				{ ...rule('Demo', 'engagement', 47), awarded: 47 },
				{ ...rule('Big', 'fit', 20, false), awarded: 0 },
			],
			groups: [
				{ group: 'fit', sum: 25, awarded: 25 },
				{ group: 'engagement', sum: 47, awarded: 47 },
			],
			adjustments: [],
			configVersion: '7',
			scoredAt: '2026-11-01T10:00:00.000Z',
		});
		expect(scoreNote(result)).toBe('72 of 60: Director +25, Demo +47');
	});

	it.each([
		[59, 'not-yet'],
		[60, 'mql'],
	])('puts %i of 60 in the band %s', (points, band) => {
		expect(score([rule('r', 'fit', points)], config).band).toBe(band);
	});

	it('takes from the last rules of a group what is above its cap, and says so', () => {
		const rules = [
			rule('a', 'engagement', 30),
			rule('b', 'fit', 10),
			rule('c', 'Engagement ', 30),
			rule('d', 'engagement', 5),
		];
		const result = score(rules, { ...config, caps: [{ group: 'engagement', max: 40 }] });
		expect(result.rules.map(({ awarded }) => awarded)).toEqual([30, 10, 10, 0]);
		expect(result.rules[2]?.reason).toBe("'Engagement ' gives at most 40");
		expect(result.groups[0]).toEqual({ group: 'engagement', sum: 65, cap: 40, awarded: 40 });
		expect(result.value).toBe(50);
	});

	it.each([
		[[80, 45], 100, [{ reason: 'A score is at most 100', points: -25 }]],
		[[10, -30], 0, [{ reason: 'A score is at least 0', points: 20 }]],
	])('shows the adjustment that makes %j a %i', (points, value, adjustments) => {
		const result = score(
			points.map((each, index) => rule(String(index), 'fit', each)),
			config,
		);
		expect(result).toMatchObject({ value, adjustments });
	});

	it.each([
		[[], {}, /'Rules' is empty/],
		[[rule('Half', 'fit', 2.5)], {}, /rule 'Half' is 2.5/],
		[[rule('Odd', 'fit', Number.NaN)], {}, /rule 'Odd' is NaN/],
		[[rule('r', 'fit', 1)], { threshold: 101 }, /'MQL Threshold' is 101/],
		[[rule('r', 'fit', 1)], { threshold: Number.NaN }, /'MQL Threshold' is NaN/],
		[[rule('r', 'fit', 1)], { caps: [{ group: 'fitt', max: 5 }] }, /names 'fitt'/],
		[[rule('r', 'fit', 1)], { caps: [{ group: 'fit', max: -5 }] }, /for 'fit' is -5/],
	])('refuses a configuration that cannot work (%#)', (rules, change, message) => {
		expect(() => score(rules, { ...config, ...change })).toThrow(
			expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) }),
		);
	});

	const group = fc.constantFrom('fit', 'engagement', 'intent');
	const rules = fc.array(
		fc.record({
			name: fc.string(),
			group,
			points: fc.integer({ min: -150, max: 150 }),
			matched: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 12 },
	);
	const caps = fc.uniqueArray(fc.record({ group, max: fc.integer({ min: 0, max: 120 }) }), {
		selector: (cap) => cap.group,
	});

	it('gives a breakdown that sums to the value exactly, within the caps and 0 to 100', () => {
		fc.assert(
			fc.property(rules, caps, (some, all) => {
				const used = all.filter((cap) => some.some((one) => one.group === cap.group));
				const result = score(some, { ...config, caps: used });
				const parts = [
					...result.rules.map(({ awarded }) => awarded),
					...result.adjustments.map(({ points }) => points),
				];
				expect(parts.reduce((sum, part) => sum + part, 0)).toBe(result.value);
				expect(result.value).toBeGreaterThanOrEqual(0);
				expect(result.value).toBeLessThanOrEqual(100);
				for (const one of result.groups) {
					expect(one.awarded).toBe(Math.min(one.sum, one.cap ?? one.sum));
				}
				for (const one of result.rules) {
					if (one.awarded !== (one.matched ? one.points : 0)) expect(one.reason).toBeDefined();
				}
			}),
		);
	});
});
