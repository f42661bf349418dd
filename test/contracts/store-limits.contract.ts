import type { Store } from '../../lib/runtime/store/port';

/** A fresh store before each test, and its clock. */
export interface StoreWorld {
	readonly store: () => Store;
	readonly clock: () => number;
	readonly pass: (ms: number) => void;
}

export function limitsContract({ store, clock, pass }: StoreWorld) {
	describe('limits', () => {
		const bucket = { kind: 'bucket', capacity: 10, refillPerSecond: 5 } as const;
		const window = { kind: 'window', capacity: 10, windowMs: 1000 } as const;

		it('bucket: gives its capacity, then what has refilled', async () => {
			const permits = await Promise.all(
				Array.from({ length: 12 }, () => store().take('crm', bucket)),
			);
			expect(permits.filter(({ allowed }) => allowed)).toHaveLength(10);
			expect(await store().take('crm', bucket)).toEqual({
				allowed: false,
				remaining: 0,
				retryAfterMs: 200,
			});
			pass(199);
			expect(await store().take('crm', bucket)).toMatchObject({ allowed: false, retryAfterMs: 1 });
			pass(1);
			expect(await store().take('crm', bucket)).toEqual({
				allowed: true,
				remaining: 0,
				retryAfterMs: 0,
			});
			pass(60_000);
			expect(await store().take('crm', bucket, 4)).toMatchObject({ allowed: true, remaining: 6 });
		});

		it('window: never more than its capacity in any stretch of its length', async () => {
			const times: number[] = [];
			for (let turn = 0; turn < 60; turn += 1) {
				const { allowed, retryAfterMs } = await store().take('crm', window);
				if (allowed) times.push(clock());
				pass(allowed ? 37 : retryAfterMs);
			}
			const inStretch = times.map(
				(from) => times.filter((at) => at >= from && at < from + 1000).length,
			);
			expect(Math.max(...inStretch)).toBe(10);
		});

		it('window: says when to come again, and then it is so', async () => {
			await store().take('crm', window, 6);
			pass(500);
			await store().take('crm', window, 4);
			const refused = await store().take('crm', window, 3);
			expect(refused).toEqual({ allowed: false, remaining: 0, retryAfterMs: 550 });
			pass(refused.retryAfterMs - 1);
			expect(await store().take('crm', window, 3)).toMatchObject({ allowed: false });
			pass(1);
			expect(await store().take('crm', window, 3)).toMatchObject({ allowed: true, remaining: 3 });
		});

		it('keeps limits apart, and refuses a cost that can never be met', async () => {
			await store().take('crm', bucket, 10);
			expect(await store().take('calendar', bucket)).toMatchObject({ remaining: 9 });
			await expect(store().take('crm', bucket, 11)).rejects.toMatchObject({
				code: 'CONFIG_INVALID',
			});
		});
	});
}
