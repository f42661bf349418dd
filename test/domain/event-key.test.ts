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
