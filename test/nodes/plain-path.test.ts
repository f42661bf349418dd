import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { parameterReader, plainPath } from '../../nodes/shared/plain-path';

it.each<[string, string[]]>([
	['={{ $json.id }}', ['id']],
	['={{$json.body.order_id}}', ['body', 'order_id']],
	['={{ $json["body"][\'order id\'][0].x }}', ['body', 'order id', '0', 'x']],
])('reads %s', (expression, path) => {
	expect(plainPath(expression)).toEqual(path);
});

it.each([
	'$json.id',
	'={{ $json }}',
	'=a{{ $json.id }}',
	'={{ $json.id }} ',
	'={{ $json.id + 1 }}',
	'={{ $json.id.toString() }}',
	'={{ $json["a\\n"] }}',
	'={{ $json[id] }}',
	'={{ $json?.id }}',
	'={{ $json.a-b }}',
	'={{ $json.__proto__ }}',
	'={{ $json["constructor"].name }}',
	'={{ $node.a }}',
	'',
])('leaves %s to n8n', (expression) => {
	expect(plainPath(expression)).toBeUndefined();
});

/** What n8n makes of the parameter, with its own expressions. */
function evaluate(expression: string, json: IDataObject): unknown {
	const node = {
		id: '1',
		name: 'Dedupe',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const nodeType = { description: { properties: [] } };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => nodeType } as never,
	});
	return workflow.expression.getParameterValue(
		expression,
		null,
		0,
		0,
		'Dedupe',
		[{ json }],
		'manual',
		{},
	);
}

it('reads what n8n reads, wherever it reads at all', async () => {
	const name = fc.constantFrom('a', 'b', 'order id', 'length', 'toString', '0');
	const value = fc.jsonValue({ maxDepth: 1 });
	const json = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value), fc.array(value)));
	const path = fc.array(name, { minLength: 1, maxLength: 3 });
	let read = 0;
	fc.assert(
		fc.property(json, path, (item, names) => {
			const expression = `={{ $json${names.map((one) => (one === '0' ? '[0]' : `["${one}"]`)).join('')} }}`;
			const fromN8n = Symbol('n8n');
			const node = {
				getNodeParameter: (_name: string, _index: number, _fallback: unknown, options?: object) =>
					options ? expression : fromN8n,
			};
			const reader = parameterReader(node as unknown as IExecuteFunctions, 'ownValue');
			const ours = reader(item as IDataObject, 0);
			if (ours === fromN8n) return;
			read += 1;
			expect(ours).toEqual(evaluate(expression, item as IDataObject));
		}),
		{ numRuns: 4000 },
	);
	expect(read).toBeGreaterThan(100);
});
