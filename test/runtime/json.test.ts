import fc from 'fast-check';
import { parseJson } from '../../lib/runtime/json';

describe('JSON', () => {
	it.each([
		['{"request_id":1039995589705121901}', { request_id: '1039995589705121901' }],
		['{"request_id": -1039995589705121901, "a": 1}', { request_id: '-1039995589705121901', a: 1 }],
		['[9007199254740993,9007199254740991]', ['9007199254740993', 9007199254740991]],
		['9007199254740993', '9007199254740993'],
		['{"a":"id 9007199254740993, or so"}', { a: 'id 9007199254740993, or so' }],
		['{"a":0.12345678901234567}', { a: 0.12345678901234567 }],
		['{"a":12345678901234567.5}', { a: 12345678901234568 }],
		['{"a":1e300}', { a: 1e300 }],
	])('reads %s', (text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	it('is JSON.parse for everything that a number can hold', () => {
		const safe = fc.jsonValue({ maxDepth: 4 }).filter((value) => {
			const large: number[] = [];
			JSON.stringify(value, (_, leaf: unknown) => {
				if (Number.isInteger(leaf) && !Number.isSafeInteger(leaf)) large.push(Number(leaf));
				return leaf;
			});
			return large.length === 0;
		});
		fc.assert(
			fc.property(safe, (value) => {
				const text = JSON.stringify(value);
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
		);
	});

	it('keeps every digit of a 64-bit number', () => {
		const beyond = fc
			.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
			.filter((id) => id > 2n ** 53n || id < -(2n ** 53n));
		fc.assert(
			fc.property(beyond, (id) => {
				expect(parseJson(`{"id":${id},"list":[${id} ]}`)).toEqual({
					id: String(id),
					list: [String(id)],
				});
			}),
		);
	});

	it('refuses what is no JSON', () => {
		expect(() => parseJson('{"a":90071992547409931')).toThrow(SyntaxError);
	});
});
