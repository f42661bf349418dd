import type {
	IExecuteFunctions,
	INode,
	INodeParameters,
	INodeTypes,
	FilterValue,
} from 'n8n-workflow';
import { executeFilter, Workflow } from 'n8n-workflow';
import { DEFAULT_RULES } from '../../nodes/Score/default-rules';
import { Score } from '../../nodes/Score/Score.node';
import { lead } from '../leads';

type Json = Record<string, unknown>;

/** What n8n gives a node, with its own expressions and filters and nothing else. */
function context(items: readonly Json[], parameters: INodeParameters = {}): IExecuteFunctions {
	const type = new Score();
	const node: INode = {
		id: '1',
		name: 'Score',
		type: 'score',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			rules: { values: DEFAULT_RULES },
			threshold: 60,
			configVersion: '1',
			...parameters,
		},
	};
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const input = items.map((json) => ({ json }));
	return {
		getInputData: () => input,
		getNode: () => node,
		continueOnFail: () => true,
		getNodeParameter(path: string, index: number, fallback: unknown, options?: object) {
			const raw = path
				.split(/[.[\]]+/)
				.filter(Boolean)
				.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], node.parameters);
			if (raw === undefined) return fallback;
			const value = workflow.expression.getParameterValue(
				raw as string,
				null,
				0,
				index,
				'Score',
				input as never,
				'manual',
				{},
			) as unknown;
			const isFilter = typeof value === 'object' && value !== null && 'combinator' in value;
			return options && isFilter
				? executeFilter(value as unknown as FilterValue, { itemIndex: index })
				: value;
		},
	} as unknown as IExecuteFunctions;
}

const run = async (items: readonly Json[], parameters?: INodeParameters) =>
	await new Score().execute.call(context(items, parameters));

const activity = (kind: string, day: number) => ({
	kind,
	occurredAt: `2026-10-${day}T10:00:00Z`,
});
const activities = (opens: number, clicks: number, downloads: number) => [
	...Array.from({ length: opens }, () => activity('email_open', 29)),
	...Array.from({ length: clicks }, () => activity('email_click', 30)),
	...Array.from({ length: downloads }, () => activity('content_download', 31)),
];
const director = lead({
	person: { seniority: 'director', country: 'US' },
	company: { employeeCount: 800 },
});

describe('Score', () => {
	it('starts with rules that work on a lead', async () => {
		const demo = { ...director, custom: { formId: 'demo-request' } };
		const [mql, notYet] = await run([{ lead: demo, kept: 1 }, { lead: lead() }]);
		expect(mql?.[0]?.json).toMatchObject({ kept: 1, score: { value: 85, band: 'mql' } });
		expect(mql?.[0]?.json['trace']).toMatchObject({
			stages: [
				{
					stage: 'scored',
					note: '85 of 60: Director or Above +25, 200+ Employees +15, Target Country +10, Business Address +5, Asked for a Demo +30',
				},
			],
		});
		expect(notYet?.[0]).toMatchObject({ pairedItem: { item: 1 }, json: { score: { value: 5 } } });
	});

	it.each([
		[[3, 2, 1], 90],
		[[2, 2, 1], 5],
		[[3, 1, 1], 5],
		[[3, 2, 0], 5],
	])('with %j opens, clicks and downloads in a week gives %i', async ([o, c, d], value) => {
		const [mql, notYet] = await run([
			{ lead: { ...lead(), activities: activities(o ?? 0, c ?? 0, d ?? 0) } },
		]);
		expect((mql?.[0] ?? notYet?.[0])?.json['score']).toMatchObject({ value });
	});

	it('does not count what happened more than seven days before the event', async () => {
		const old = activities(3, 2, 1).map((one) => ({ ...one, occurredAt: '2026-10-24T10:00:00Z' }));
		const [, notYet] = await run([{ lead: { ...lead(), activities: old } }]);
		expect(notYet?.[0]?.json['score']).toMatchObject({ value: 5 });
	});

	const rule = (conditions: INodeParameters | undefined) => ({
		rules: {
			values: [{ name: 'Big', group: 'fit', points: 10, ...(conditions && { conditions }) }],
		},
	});
	const number = (leftValue: string): INodeParameters => ({
		options: { caseSensitive: false, leftValue: '', typeValidation: 'strict', version: 2 },
		combinator: 'and',
		conditions: [
			{ id: '1', leftValue, rightValue: 5, operator: { type: 'number', operation: 'gte' } },
		],
	});

	it.each([
		[
			'a rule without conditions',
			rule(undefined),
			'CONFIG_INVALID',
			/Rule 'Big' has no conditions/,
		],
		[
			'a value of another type',
			rule(number('={{ $json.lead.identity.email }}')),
			'INVALID_INPUT',
			/Rule 'Big' cannot be decided: (?!.*dana@)/,
		],
		['a threshold out of range', { threshold: 400 }, 'CONFIG_INVALID', /'MQL Threshold' is 400/],
	])('fails the item on %s, naming it', async (_, parameters, code, message) => {
		const [mql] = await run([{ lead: director }], parameters);
		expect(mql?.[0]?.json['details']).toMatchObject({
			code,
			stage: 'scored',
			message: expect.stringMatching(message),
		});
		expect(mql?.[0]?.json['error']).toEqual(expect.any(String));
	});

	it('does not take an item without a lead for a bad lead', async () => {
		const [mql, notYet] = await run([{ body: {} }]);
		expect(mql?.[0]?.json['details']).toMatchObject({ code: 'INVALID_INPUT' });
		expect(notYet).toEqual([]);
	});
});
