import { collectFailures, collectJourney } from '../../sandbox/journey';

type Json = Record<string, unknown>;

const run = (executionIndex: number, json: Json, error?: { message: string }) => ({
	startTime: 0,
	executionTime: 1,
	executionIndex,
	data: { main: [null, [{ json }]] },
	...(error && { error }),
});

describe('collectJourney', () => {
	it('keeps the last value of each namespace in execution order, not in the order of names', () => {
		const journey = collectJourney({
			Route: [
				run(2, { route: { outcome: 'fallback' } }),
				run(4, { route: { outcome: 'assigned' } }),
			],
			Score: [run(1, { score: { value: 70 } })],
			Slack: [run(5, { ok: true })],
		});
		expect(journey).toEqual({ score: { value: 70 }, route: { outcome: 'assigned' } });
	});

	it('drops what has another shape', () => {
		expect(collectJourney({ A: [run(0, { score: 'high', meeting: { startAt: 5 } })] })).toEqual({
			meeting: {},
		});
	});
});

describe('collectFailures', () => {
	it('names each failure once, where it began', () => {
		const failed = { failure: { message: 'HubSpot refused' } };
		expect(
			collectFailures({
				'Dead Letter': [run(2, failed)],
				'CRM Upsert': [run(1, failed)],
				Slack: [run(3, {}, { message: 'channel_not_found' })],
			}),
		).toEqual([
			{ node: 'CRM Upsert', message: 'HubSpot refused' },
			{ node: 'Slack', message: 'channel_not_found' },
		]);
	});
});
