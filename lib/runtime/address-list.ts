import { BlockList, isIP } from 'node:net';
import { PipelineError } from '../domain/errors';

export interface AddressList {
	has(address: string): boolean;
}

/** IPv4 and IPv6 addresses and CIDR ranges, separated by commas or spaces. Throws `CONFIG_INVALID`. */
export function addressList(text: string): AddressList {
	const list = new BlockList();
	for (const entry of text.split(/[\s,;]+/).filter(Boolean)) add(list, entry);
	return {
		has(address) {
			const plain = withoutMapping(address);
			const family = familyOf(plain);
			return family !== null && list.check(plain, family);
		},
	};
}

function add(list: BlockList, entry: string) {
	const [address = '', prefix, ...rest] = entry.split('/');
	const plain = withoutMapping(address);
	const family = familyOf(plain);
	const most = family === 'ipv4' ? 32 : 128;
	const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
	if (family === null || rest.length > 0 || !(bits <= most)) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Allowed Sources' has "${entry}", which is neither an IP address nor a range like 203.0.113.0/24`,
		);
	}
	list.addSubnet(plain, bits, family);
}

/** Whom a limit counts: an IPv4 address, or the /64 that one IPv6 connection may choose addresses from. */
export function sourceOf(address: string): string {
	const plain = withoutMapping(address);
	if (isIP(plain) !== 6) return plain;
	const [head = '', tail] = plain.replace(/%.*$/, '').toLowerCase().split('::');
	const left = head.split(':').filter(Boolean);
	const right = (tail ?? '').split(':').filter(Boolean);
	const zeros =
		tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
	return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}

/** A server that listens on both families sees `::ffff:203.0.113.7`. */
const withoutMapping = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

function familyOf(address: string) {
	const version = isIP(address);
	if (version === 0) return null;
	return version === 4 ? 'ipv4' : 'ipv6';
}
