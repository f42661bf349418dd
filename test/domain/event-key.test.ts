import { eventKey } from '../../lib/domain/event-key';

const item = {
	verification: { eventId: 'evt_1', scheme: 'standard-webhooks' },
	lead: {
		identity: { email: 'ada@example.com' },
		source: { system: 'form', eventId: 'other', occurredAt: '2026-11-23T14:59:58.000Z' },
	},
	attempt: 2,
};

it('is the signed id, per sender', () => {
	expect(eventKey(item, { kind: 'event-id' })).toBe('form:evt_1');
	expect(eventKey({ lead: item.lead }, { kind: 'event-id' })).toBe('form:other');
});

it('adds the time of the event, never of the attempt', () => {
	const first = eventKey(item, { kind: 'event-id-and-time' });
	expect(eventKey({ ...item, attempt: 3 }, { kind: 'event-id-and-time' })).toBe(first);
	expect(first).toBe('form:evt_1@2026-11-23T14:59:58.000Z');
});

it('hashes fields, so that no address stands in the store, and keeps them apart', () => {
	const key = eventKey(item, { kind: 'fields', paths: ['lead.identity.email', 'attempt'] });
	expect(key).toMatch(/^fields:[0-9a-f]{64}$/);
	expect(
		eventKey(
			{ ...item, attempt: 3 },
			{ kind: 'fields', paths: ['lead.identity.email', 'attempt'] },
		),
	).not.toBe(key);
	expect(eventKey({ a: 'x', b: 'yz' }, { kind: 'fields', paths: ['a', 'b'] })).not.toBe(
		eventKey({ a: 'xy', b: 'z' }, { kind: 'fields', paths: ['a', 'b'] }),
	);
});

it('does not care in which order a sender writes the parts of a field', () => {
	const keyOf = (item: object) => eventKey({ ...item }, { kind: 'fields', paths: ['a'] });
	expect(keyOf({ a: { x: 1, y: 2 } })).toBe(keyOf({ a: { y: 2, x: 1 } }));
});

it('does not take two events for one because their fields read alike', () => {
	const keyOf = (item: object) => eventKey({ ...item }, { kind: 'fields', paths: ['a', 'b'] });
	expect(keyOf({ a: 'x,b,y', b: 'z' })).not.toBe(keyOf({ a: 'x', b: 'y,b,z' }));
	expect(keyOf({ a: 1, b: 2 })).not.toBe(keyOf({ a: '1', b: '2' }));
});

it.each([
	[{ kind: 'event-id' } as const, /no id/],
	[{ kind: 'fields', paths: ['lead.identity.email'] } as const, /lead.identity.email/],
	[{ kind: 'custom', value: ' ' } as const, /empty/],
])('refuses to make a key of nothing: %j', (recipe, message) => {
	expect(() => eventKey({}, recipe)).toThrow(message);
});

describe('content', () => {
	const content = (item: object, except: string[] = [], root = 'body') =>
		eventKey({ ...item }, { kind: 'content', root, except });

	it('is the same in any order of its fields, and another for any other value', () => {
		const key = content({ body: { a: 1, b: { c: [1, 2], d: 'x' } } });
		expect(key).toMatch(/^content:[0-9a-f]{64}$/);
		expect(content({ attempt: 2, body: { b: { d: 'x', c: [1, 2] }, a: 1 } })).toBe(key);
		for (const body of [
			{ a: '1', b: { c: [1, 2], d: 'x' } },
			{ a: 1, b: { c: [2, 1], d: 'x' } },
			{ a: 1, b: { c: [1, 2], d: 'x' }, e: null },
		]) {
			expect(content({ body })).not.toBe(key);
		}
	});

	it('leaves out what changes from attempt to attempt, also in every entry of a list', () => {
		const body = (attempt: number) => ({
			email: 'ada@example.com',
			meta: { attempt, form: 7 },
			events: [
				{ id: 1, sentAt: attempt },
				{ id: 2, sentAt: attempt + 1 },
			],
		});
		const except = ['meta.attempt', 'events.*.sentAt', 'not.there'];
		expect(content({ body: body(1) }, except)).toBe(content({ body: body(2) }, except));
		expect(content({ body: body(1) }, ['meta.attempt'])).not.toBe(
			content({ body: body(2) }, ['meta.attempt']),
		);
		expect(content({ body: { ...body(1), email: 'b@x.y' } }, except)).not.toBe(
			content({ body: body(1) }, except),
		);
	});

	it.each([
		[{}, [], /no 'body'/],
		[{ body: {} }, [], /Nothing is left/],
		[{ body: { a: 1 } }, ['a'], /Nothing is left/],
		[{ body: [1] }, ['*'], /Nothing is left/],
	])('refuses to make a key of nothing: %j', (item, except, message) => {
		expect(() => content(item, except)).toThrow(message);
	});
});
