import fc from 'fast-check';
import { addressList, sourceOf } from '../../lib/runtime/address-list';

it.each<[string, string, boolean]>([
	['203.0.113.7', '203.0.113.7', true],
	['203.0.113.7', '203.0.113.8', false],
	['203.0.113.0/24', '203.0.113.255', true],
	['203.0.113.0/24', '203.0.114.0', false],
	['203.0.113.0/24', '::ffff:203.0.113.9', true],
	['::ffff:203.0.113.9', '203.0.113.9', true],
	['2001:db8::/32', '2001:db8:ffff::1', true],
	['2001:db8::/32', '2001:db9::1', false],
	['10.0.0.1, 192.0.2.0/30;::1', '::1', true],
	['0.0.0.0/0', '8.8.8.8', true],
	['0.0.0.0/0', '::1', false],
	['10.0.0.1', '', false],
	['10.0.0.1', 'not an address', false],
])('%s has %s: %s', (list, address, found) => {
	expect(addressList(list).has(address)).toBe(found);
});

it.each([
	'10.0.0',
	'10.0.0.0/33',
	'::/129',
	'10.0.0.0/-1',
	'10.0.0.0/',
	'10.0.0.0/8/8',
	'example.com',
])('refuses %s', (entry) => {
	expect(() => addressList(`10.0.0.1 ${entry}`)).toThrow(entry);
});

it('counts a whole IPv6 /64 as one source', () => {
	expect(sourceOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
	expect(sourceOf('2001:DB8:1:2::6')).toBe('2001:db8:1:2::/64');
	expect(sourceOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
	expect(sourceOf('::1')).toBe('0:0:0:0::/64');
	expect(sourceOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
	expect(sourceOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
	expect(sourceOf('')).toBe('');
});

it('names one source for every address of a /64', () => {
	fc.assert(
		fc.property(fc.ipV6(), fc.ipV6(), (left, right) => {
			const same = addressList(sourceOf(left)).has(right);
			if (sourceOf(left).includes('/64') && sourceOf(right).includes('/64'))
				expect(same).toBe(sourceOf(left) === sourceOf(right));
		}),
	);
});
