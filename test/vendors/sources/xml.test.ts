import { maskValue } from '../../../lib/domain/mask';
import { looksLikeXml, parseXml } from '../../../lib/vendors/sources/xml';

const valueOf = (text: string) => {
	const parsed = parseXml(text);
	if (!parsed.ok) throw new Error(parsed.reason);
	return parsed.value;
};

it('reads tags, attributes and lists, and leaves every value as it was written', () => {
	expect(
		valueOf(
			'<?xml version="1.0"?><a:lead xmlns:a="urn:a" id="1 &amp; 2"><email>a@b.co</email>' +
				'<phone>007</phone><tag>x</tag><tag>y</tag><note><![CDATA[<b> & c]]></note></a:lead>',
		),
	).toEqual({
		lead: {
			'@id': '1 & 2',
			email: 'a@b.co',
			phone: '007',
			tag: ['x', 'y'],
			note: '<b> & c',
		},
	});
});

it('knows the entities of XML, once', () => {
	expect(valueOf('<a>AT&amp;T &lt;x&gt; Caf&#233; &#x1F600; &amp;lt;</a>')).toEqual({
		a: 'AT&T <x> Café 😀 &lt;',
	});
});

it.each([
	['an entity of its own', '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>', /document type/],
	[
		'an entity that grows',
		'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>',
		/document type/,
	],
	['a file', '<!doctype a SYSTEM "file:///etc/passwd"><a/>', /document type/],
	['an open tag', '<a><b></a>', /is not XML at line 1, column \d+/],
	['no XML', 'hello', /is not XML/],
	['tags as deep as a well', '<a>'.repeat(60) + '</a>'.repeat(60), /cannot be read/],
	['a name that would change every object', '<a><__proto__>1</__proto__></a>', /cannot be read/],
	['far too much', `<a>${'x'.repeat(5_000_001)}</a>`, /5000008 characters of XML; 5000000 are/],
])('refuses %s', (_, text, reason) => {
	const parsed = parseXml(text);
	expect(parsed).toEqual({ ok: false, reason: expect.stringMatching(reason) });
	expect(JSON.stringify(parsed)).not.toContain('boom');
});

it('shows no personal data of what it refuses', () => {
	const text = '<a><dana@northwind-analytics.com></a>';
	expect(JSON.stringify(parseXml(text))).not.toContain('dana@');
	expect(maskValue(text)).not.toContain('dana@');
});

it.each([
	[' \n<a/>', true],
	['{"a":"<"}', false],
	['', false],
])('%j looks like XML: %s', (text, expected) => expect(looksLikeXml(text)).toBe(expected));
