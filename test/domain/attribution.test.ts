import fc from 'fast-check';
import {
	mergeAttribution,
	touch,
	type Attribution,
	type Touch,
} from '../../lib/domain/attribution';

const day = fc.integer({ min: 1, max: 9 }).map((number) => `2026-11-0${number}T00:00:00.000Z`);
const name = fc.constantFrom('google', 'linkedin', 'partner');
const aTouch: fc.Arbitrary<Touch> = fc.record(
	{ at: day, source: name, utmSource: name, utmCampaign: name, campaignId: name },
	{ requiredKeys: ['at', 'source'] },
);
const attribution: fc.Arbitrary<Attribution> = fc
	.tuple(fc.option(name, { nil: undefined }), fc.array(aTouch, { maxLength: 3 }))
	.map(([originalSource, touches]) =>
		touches.reduce(touch, originalSource ? { originalSource } : {}),
	);

const GOOGLE: Touch = {
	at: '2026-11-01T00:00:00.000Z',
	source: 'google',
	utmSource: 'google',
	utmCampaign: 'brand',
};
const PARTNER: Touch = { at: '2026-11-05T00:00:00.000Z', source: 'partner', utmSource: 'partner' };

describe('touches', () => {
	it('write the first once and the latest each time, without mixing two campaigns', () => {
		expect([GOOGLE, PARTNER].reduce(touch, {})).toEqual({
			originalSource: 'google',
			firstTouch: GOOGLE,
			latestSource: 'partner',
			utmSource: 'partner',
			touchedAt: PARTNER.at,
		});
	});

	it('that come late change nothing', () => {
		const after = [GOOGLE, PARTNER].reduce(touch, {});
		expect(touch(after, { at: '2026-11-03T00:00:00.000Z', source: 'linkedin' })).toEqual(after);
	});

	it('that say nothing are none', () => {
		expect(touch({ latestSource: 'google' }, { at: PARTNER.at })).toEqual({
			latestSource: 'google',
		});
	});

	it('leave a source that was written down before, and claim no first touch for it', () => {
		expect(touch({ originalSource: 'trade fair' }, GOOGLE)).toMatchObject({
			originalSource: 'trade fair',
			latestSource: 'google',
		});
		expect(touch({ originalSource: 'trade fair' }, GOOGLE)).not.toHaveProperty('firstTouch');
	});

	it('never change the first, never go back in time, and count once', () => {
		fc.assert(
			fc.property(attribution, aTouch, (before, now) => {
				const after = touch(before, now);
				if (before.originalSource) {
					expect(after.originalSource).toBe(before.originalSource);
					expect(after.firstTouch).toEqual(before.firstTouch);
				}
				expect(Date.parse(after.touchedAt!)).toBe(
					Math.max(Date.parse(now.at!), Date.parse(before.touchedAt ?? '1970-01-01')),
				);
				expect(touch(after, now)).toEqual(after);
			}),
		);
	});
});

describe('one person who was held as two', () => {
	it('has the earlier first touch and the later latest one', () => {
		expect(mergeAttribution(touch({}, PARTNER), touch({}, GOOGLE))).toEqual(
			[GOOGLE, PARTNER].reduce(touch, {}),
		);
	});

	it('is dated by the moment, not by how it is written', () => {
		const early = { ...PARTNER, at: '2026-11-05T10:00:00+02:00' };
		const late = { ...GOOGLE, at: '2026-11-05T09:00:00.000Z' };
		expect(mergeAttribution(touch({}, early), touch({}, late))).toMatchObject({
			originalSource: 'partner',
			latestSource: 'google',
		});
	});

	it('has the same attribution in whichever order several are merged', () => {
		fc.assert(
			fc.property(attribution, attribution, attribution, (a, b, c) => {
				expect(mergeAttribution(a, b)).toEqual(mergeAttribution(b, a));
				expect(mergeAttribution(mergeAttribution(a, b), c)).toEqual(
					mergeAttribution(a, mergeAttribution(b, c)),
				);
				expect(mergeAttribution(a, a)).toEqual(a);
				expect(mergeAttribution(a, {})).toEqual(a);
			}),
		);
	});
});
