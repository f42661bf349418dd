import { readOrder } from '../../nodes/WaterfallEnrich/read-order';
import { context } from './waterfall-enrich-host';

const timeouts = (profile: string, values: readonly object[]) => {
	const parameters = {
		profile,
		providers: ['apollo', 'fullenrich'],
		steps: { values: values.map((one) => ({ ...one })) },
	};
	const node = context([{ json: {} }], { answers: {}, parameters, typeVersion: 1.1 });
	return readOrder(node, 0).steps.map(({ timeoutMs }) => timeoutMs);
};

describe('how long a step may take', () => {
	it.each([
		['routing', 10_000],
		['full', 15_000],
		['refresh', 15_000],
	])('is what the profile %s says, where the step says nothing', (profile, timeoutMs) =>
		expect(timeouts(profile, [{ provider: 'apollo' }])).toEqual([timeoutMs]),
	);

	it('is what the step says, where it does', () =>
		expect(timeouts('full', [{ provider: 'apollo', timeoutSeconds: 4 }])).toEqual([4_000]));

	it('is as long as the lead may wait for a provider that answers later', () =>
		expect(timeouts('full', [{ provider: 'fullenrich' }])).toEqual([60_000]));
});
