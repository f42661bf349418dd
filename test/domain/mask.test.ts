import { maskEmail, maskValue } from '../../lib/domain/mask';
import { stamp } from '../../lib/domain/trace';

it.each([
	['maria.keller@example.com', 'm***@example.com'],
	['@example.com', '***'],
	['nobody', '***'],
])('%s -> %s', (email, masked) => expect(maskEmail(email)).toBe(masked));

it.each([
	[undefined, 'nothing'],
	['write to maria@example.com', '"write to m***@example.com"'],
	['maria.keller@', '"m***@"'],
	['+49 1511 2345678', '"+49***78"'],
	[{ a: 1 }, '"{"a":1}"'],
	['x'.repeat(100), `"${'x'.repeat(59)}…"`],
])('%j -> %s', (value, masked) => expect(maskValue(value)).toBe(masked));

it('takes no longer for a value that somebody made very long', () => {
	const started = performance.now();
	expect(maskValue('a'.repeat(2_000_000))).toBe(`"${'a'.repeat(59)}…"`);
	expect(performance.now() - started).toBeLessThan(1000);
});

it('keeps the correlation id of the first stage', () => {
	const first = stamp(undefined, { stage: 'verified', at: 't1' }, () => 'c-1');
	const second = stamp(first, { stage: 'deduped', at: 't2' }, () => 'c-2');
	expect(second).toEqual({
		correlationId: 'c-1',
		stages: [
			{ stage: 'verified', at: 't1' },
			{ stage: 'deduped', at: 't2' },
		],
	});
	expect(
		stamp({ correlationId: '', stages: 'none' }, { stage: 's', at: 't' }, () => 'c-3')
			.correlationId,
	).toBe('c-3');
});
