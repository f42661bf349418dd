import { healthOf, type DeliveryTotals } from '../../lib/domain/webhook-health';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-02T12:00:00Z');
const limits = { refusedPercent: 5, leastDeliveries: 5, silentHours: 24, latePercent: 5 };
const well: DeliveryTotals = {
	source: 'hubspot-v3',
	accepted: 100,
	challenges: 0,
	refused: 0,
	refusedBy: {},
	acceptedWithOlderSecret: 0,
	lag: { upTo1s: 90, upTo3s: 10, upTo10s: 0, more: 0, maxMs: 2_900 },
	lastAcceptedAt: NOW - HOUR,
};
const codes = (totals: Partial<DeliveryTotals>, more = {}) =>
	healthOf({ ...well, ...totals }, { ...limits, ...more }, NOW).findings.map(({ code }) => code);

it('finds nothing where there is nothing', () => {
	expect(healthOf(well, limits, NOW)).toEqual({ healthy: true, findings: [] });
});

it.each<[string, Partial<DeliveryTotals>, string[]]>([
	['5 % refused', { accepted: 95, refused: 5, refusedBy: { MISMATCH: 5 } }, []],
	['6 % refused', { accepted: 94, refused: 6, refusedBy: { MISMATCH: 6 } }, ['REFUSALS']],
	['4 of 4 refused: too few to judge', { accepted: 0, refused: 4 }, []],
	['5 of 5 refused', { accepted: 0, refused: 5 }, ['REFUSALS']],
	['quiet for 24 h', { lastAcceptedAt: NOW - 24 * HOUR }, []],
	['quiet for longer', { lastAcceptedAt: NOW - 24 * HOUR - 1 }, ['SILENT']],
	['an older secret', { acceptedWithOlderSecret: 1 }, ['OLDER_SECRET']],
	['5 % late', { lag: { upTo1s: 95, upTo3s: 0, upTo10s: 3, more: 2 } }, []],
	['6 % late', { lag: { upTo1s: 94, upTo3s: 0, upTo10s: 3, more: 3 } }, ['LATE']],
	['3 s are not late', { lag: { upTo1s: 0, upTo3s: 50, upTo10s: 0, more: 0 } }, []],
	['no known times', { lag: { upTo1s: 0, upTo3s: 0, upTo10s: 0, more: 0 } }, []],
])('%s', (_, totals, expected) => {
	expect(codes(totals)).toEqual(expected);
});

it('takes a source that was never heard for silent', () => {
	const { lastAcceptedAt, ...never } = well;
	expect(lastAcceptedAt).toBeDefined();
	const { healthy, findings } = healthOf(never, limits, NOW);
	expect(healthy).toBe(false);
	expect(findings[0]?.message).toMatch(/Nothing was ever accepted/);
});

it('looks at nothing that is switched off', () => {
	const unwell = {
		accepted: 0,
		refused: 50,
		lastAcceptedAt: 0,
		lag: { upTo1s: 0, upTo3s: 0, upTo10s: 0, more: 9 },
	};
	expect(codes(unwell)).toEqual(['REFUSALS', 'SILENT', 'LATE']);
	expect(codes(unwell, { refusedPercent: 0, silentHours: 0, latePercent: 0 })).toEqual([]);
});

it('an unfinished rotation is said, and is no illness', () => {
	const lastOlderSecretAt = NOW - 60_000;
	const health = healthOf({ ...well, acceptedWithOlderSecret: 7, lastOlderSecretAt }, limits, NOW);
	expect(health.healthy).toBe(true);
	expect(health.findings[0]?.message).toMatch(/^7 deliveries .* last at 2026-03-02T11:59:00.000Z/);
});

it.each([
	[{ MISMATCH: 9, TOO_OLD: 1 }, /mostly MISMATCH\. Compare the secret/],
	[{ MISMATCH: 1, TOO_OLD: 9 }, /mostly TOO_OLD\. Compare the clock/],
	[{ TOO_LARGE: 10 }, /mostly TOO_LARGE\. Look at/],
])('says what to do about %j', (refusedBy, message) => {
	const totals = { ...well, accepted: 0, refused: 10, refusedBy };
	expect(healthOf(totals, limits, NOW).findings[0]?.message).toMatch(message);
});
