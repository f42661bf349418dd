import { unflatten } from '../../sandbox/host/rest/flatted';

describe('unflatten', () => {
	it.each([
		['[{"a":"1","n":1},"text"]', { a: 'text', n: 1 }],
		['[["1","1"],{"deep":"2"},[true,null]]', [{ deep: [true, null] }, { deep: [true, null] }]],
		['["only"]', 'only'],
	])('%s', (text, value) => {
		expect(unflatten(text)).toEqual(value);
	});

	it('keeps circles', () => {
		const value = unflatten('[{"self":"0"}]');
		expect(value).toHaveProperty('self.self.self');
	});

	it('refuses anything else', () => {
		expect(() => unflatten('{}')).toThrow('no list');
	});
});
