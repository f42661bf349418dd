import { hints } from '../../nodes/WaterfallEnrich/notices';

/** The words of the hints that the editor shows for these parameters. */
const shown = ($parameter: object) =>
	hints
		.filter(({ displayCondition = '' }) => {
			const [, condition = ''] = /^=\{\{([\s\S]*)\}\}$/.exec(displayCondition) ?? [];
			return Boolean(new Function('$parameter', `return (${condition})`)($parameter));
		})
		.map(({ message }) => message);

const budgets = (usd: number, provider = '') => ({ values: [{ per: 'day', usd, provider }] });

describe('a budget in dollars', () => {
	const step = (provider: string, more: object = {}) => ({
		operation: 'enrich',
		providers: [provider],
		steps: { values: [{ provider, ...more }] },
	});

	it.each(['zoominfo', 'zoominfoLegacy', 'clearbit', 'clay', 'dropcontact'])(
		'says that %s has no price, until the step has one',
		(provider) => {
			const said = expect.stringMatching(/has no public price/);
			expect(shown({ ...step(provider), budgets: budgets(5) })).toEqual([said]);
			const priced = step(provider, { creditPrice: 0.1 });
			expect(shown({ ...priced, budgets: budgets(5) })).toEqual([]);
			const inCredits = { values: [{ per: 'day', credits: 5 }] };
			expect(shown({ ...step(provider), budgets: inCredits })).toEqual([]);
			expect(shown({ ...step(provider), budgets: budgets(5, 'apollo') })).toEqual([]);
		},
	);

	it('says so where a background lookup has no price', () => {
		const start = { operation: 'start', providers: ['clay'], laterProvider: 'clay' };
		const said = expect.stringMatching(/nothing is started until 'Price of a Credit'/);
		expect(shown({ ...start, budgets: budgets(5) })).toEqual([said]);
		const options = { creditPrice: 0.05 };
		expect(shown({ ...start, options, budgets: budgets(5) })).toEqual([]);
	});

	it('says that it limits nothing while it is empty', () =>
		expect(shown({ ...step('clay'), budgets: budgets(0) })).toEqual([
			expect.stringMatching(/limits nothing/),
		]));

	it('says nothing of providers with a public price', () =>
		expect(shown({ ...step('apollo'), budgets: budgets(5) })).toEqual([]));
});
