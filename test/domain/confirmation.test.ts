import fc from 'fast-check';
import { fillUrl, sameAt } from '../../lib/domain/confirmation';

const TEMPLATE = 'https://api.example.com/people/{data.id}';

it.each<[string, unknown, string | null]>([
	[TEMPLATE, { data: { id: 7 } }, 'https://api.example.com/people/7'],
	[TEMPLATE, { data: { id: 'a b/c?d#e' } }, 'https://api.example.com/people/a%20b%2Fc%3Fd%23e'],
	['https://a.example/x/{ids.0}', { ids: ['one'] }, 'https://a.example/x/one'],
	[
		'https://a.example/x?contact={contact[id]}',
		{ 'contact[id]': '5' },
		'https://a.example/x?contact=5',
	],
	[TEMPLATE, {}, null],
	[TEMPLATE, { data: { id: '' } }, null],
	[TEMPLATE, { data: { id: '..' } }, null],
	[TEMPLATE, { data: { id: '../deals/5' } }, null],
	[TEMPLATE, { data: { id: '7\\..\\8' } }, null],
	[TEMPLATE, { data: { id: '/7' } }, null],
	[TEMPLATE, { data: { id: { $ne: 1 } } }, null],
	[TEMPLATE, 'no object', null],
	[TEMPLATE, undefined, null],
])('%s filled from %j', (template, event, url) => {
	expect(fillUrl(template, event)).toBe(url);
});

it.each([
	'http://api.example.com/people/{id}',
	'https://{host}/people',
	'https://api.{host}/people',
	'https://user@api.example.com/{id}',
	'https://api.example.com{id}/x',
	'https://api.example.com',
	'',
])('lets no sender choose whom we ask: %s', (template) => {
	expect(() => fillUrl(template, { id: 1, host: 'evil.example' })).toThrow(/'Record URL' is/);
});

it('asks the host of the template, below its path, whatever the event says', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('.', '..', '../..')), (id) => {
			const url = fillUrl(TEMPLATE, { data: { id } });
			if (url === null) return;
			const { host, pathname, search, hash } = new URL(url);
			expect([host, search, hash]).toEqual(['api.example.com', '', '']);
			expect(pathname).toMatch(/^\/people\/[^/]+$/);
		}),
	);
});

it.each([
	[{ a: 'X@y.com' }, { b: ' x@Y.COM ' }, true],
	[{ a: 5 }, { b: '5' }, true],
	[{ a: 5 }, { b: 6 }, false],
	[{}, {}, false],
	[{ a: null }, { b: null }, false],
	[{ a: {} }, { b: {} }, false],
])('%j and %j say the same: %s', (event, record, same) => {
	expect(sameAt({ event: 'a', record: 'b' }, { event, record })).toBe(same);
});
