import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { KEEP_MS, mapWorld, record } from '../identity/map-world';

const ada = 'ada@acme-robotics.de';
const PHONE = '+4930901820415';

describe('a record finds its person', () => {
	it('by the id, by the mailbox behind the spelling, and is new otherwise', async () => {
		const world = mapWorld();
		const first = await world.resolve(
			record({ ids: [{ system: 'hubspot', id: '151' }], emails: ['ada.l+x@gmail.com'] }),
		);
		expect(first).toMatchObject({ outcome: 'new', entityId: 'e1', evidence: [] });
		const byMail = await world.resolve(record({ emails: ['adal@googlemail.com'] }));
		expect(byMail).toMatchObject({ outcome: 'matched', entityId: 'e1', confidence: 0.97 });
		expect(byMail.evidence).toEqual([{ key: 'email', value: 'a***@googlemail.com', weight: 0.97 }]);
		expect(byMail.ids).toEqual([{ system: 'hubspot', id: '151' }]);
		const byId = await world.resolve(record({ ids: [{ system: 'HubSpot', id: ' 151' }] }));
		expect(byId).toMatchObject({ outcome: 'matched', entityId: 'e1', confidence: 1 });
		expect(await world.resolve(record({ emails: [ada] }))).toMatchObject({ outcome: 'new' });
	});

	it.each([
		['an id with 15 characters and with 18', '00Q5g000004AbCd', '00Q5g000004AbCdEAK', 'matched'],
		['ids that differ in capitals only', '00Q5g000004AbCd', '00Q5g000004abcd', 'new'],
		[
			'two spellings of a GUID',
			'{0A1B2C3D-0000-4000-8000-00000000000A}',
			'0a1b2c3d-0000-4000-8000-00000000000a',
			'matched',
		],
	])('%s', async (_name, one, other, outcome) => {
		const world = mapWorld();
		await world.resolve(record({ ids: [{ system: 'salesforce', id: one }] }));
		const ids = [{ system: 'salesforce', id: other }];
		expect(await world.resolve(record({ ids }))).toMatchObject({ outcome });
	});

	it('may be a Salesforce lead and a contact, but not two leads', async () => {
		const world = mapWorld();
		const of = (id: string) => record({ ids: [{ system: 'salesforce', id }], emails: [ada] });
		await world.resolve(of('00Q5g000004AbCd'));
		expect(await world.resolve(of('0035g000001XyZa'))).toMatchObject({
			outcome: 'matched',
			entityId: 'e1',
		});
		const second = await world.resolve(of('00Q5g000009ZzZz'));
		expect(second).toMatchObject({
			outcome: 'review',
			candidates: [{ entityId: 'e1', evidence: [{ key: 'email' }] }],
			refused: [
				{
					key: 'email',
					entityId: 'e1',
					reason: expect.stringContaining('has another id in salesforce/00Q'),
				},
			],
		});
		expect(second.entityId).not.toBe('e1');
	});

	it('joins two people whom one record shows to be one, under the older id', async () => {
		const world = mapWorld();
		await world.resolve(record({ emails: [ada] }));
		world.pass(1000);
		await world.resolve(record({ ids: [{ system: 'hubspot', id: '151' }] }));
		const both = await world.resolve(
			record({ ids: [{ system: 'hubspot', id: '151' }], emails: [ada] }),
		);
		expect(both).toMatchObject({ outcome: 'matched', entityId: 'e1', joined: ['e2'] });
		expect(await world.resolve(record({ ids: [{ system: 'hubspot', id: '151' }] }))).toMatchObject({
			entityId: 'e1',
		});
	});

	it('leaves that to a human where you say so', async () => {
		const world = mapWorld({ ...DEFAULT_RULES, whenPeopleMeet: 'review' });
		await world.resolve(record({ emails: [ada] }));
		await world.resolve(record({ ids: [{ system: 'hubspot', id: '151' }] }));
		const both = await world.resolve(
			record({ ids: [{ system: 'hubspot', id: '151' }], emails: [ada] }),
		);
		expect(both).toMatchObject({
			outcome: 'review',
			entityId: 'e2',
			candidates: [{ entityId: 'e1' }],
			joined: [],
		});
	});
});

describe('values that say nothing', () => {
	it.each([
		['email', { emails: ['test@acme.de'] }, 'is a placeholder'],
		['email', { emails: ['info@acme.de'] }, 'reaches a desk and not a person'],
		['email', { emails: ['xxxx@acme.de'] }, 'is one character, repeated'],
		['id', { ids: [{ system: 'hubspot', id: '-1' }] }, 'is a placeholder'],
		['id', { ids: [{ system: 'hubspot', id: '0000-0000' }] }, 'is made of zeros and dashes'],
		['id', { ids: [{ system: 'hubspot', id: 'anonymous' }] }, 'is a placeholder'],
		['phone', { phones: ['+49300000000'] }, 'is one digit, repeated'],
		['phone', { phones: ['+49301234567'] }, 'is a row of digits'],
		['email', { emails: ['shared@acme.de'] }, 'is on your block list'],
	])('%s %j %s', async (key, parts, reason) => {
		const world = mapWorld({ ...DEFAULT_RULES, blocked: ['shared@acme.de'] });
		const decision = await world.resolve(record(parts));
		expect(decision).toMatchObject({
			outcome: 'review',
			refused: [{ key, reason }],
			candidates: [],
		});
		expect(decision.entityId).toBeUndefined();
	});

	it('ids of systems that do not count people are not looked at', async () => {
		const decision = await mapWorld().resolve(
			record({ ids: [{ system: 'typeform', id: 'r1' }], emails: [ada] }),
		);
		expect(decision).toMatchObject({ outcome: 'new', ids: [], refused: [] });
	});
});

describe('a phone', () => {
	it('finds its one owner, or asks a human, and says nothing once it is shared', async () => {
		const world = mapWorld();
		const who = (name: string) =>
			record({ emails: [`${name}@acme.de`], phones: [PHONE], name: `${name} Doe` });
		await world.resolve(who('ada'));
		const byPhone = await world.resolve(record({ phones: [PHONE] }));
		expect(byPhone).toMatchObject({ outcome: 'matched', entityId: 'e1', confidence: 0.7 });
		const bob = await world.resolve(who('bob'));
		expect(bob).toMatchObject({
			outcome: 'review',
			entityId: 'e2',
			candidates: [{ entityId: 'e1', evidence: [{ key: 'phone', value: '+49***15' }] }],
		});
		const unclear = await world.resolve(record({ phones: [PHONE] }));
		expect(unclear).toMatchObject({ outcome: 'review', candidates: [{}, {}] });
		await world.resolve(who('cyd'));
		await world.resolve(who('dan'));
		expect(await world.resolve(who('eve'))).toMatchObject({
			outcome: 'new',
			refused: [{ key: 'phone', reason: 'more than 3 people have it' }],
		});
		expect(await world.resolve(who('bob'))).toMatchObject({ outcome: 'matched', entityId: 'e2' });
	});

	it('with the whole name identifies, whichever way round the name is', async () => {
		const world = mapWorld();
		await world.resolve(record({ emails: [ada], phones: [PHONE], name: 'Łucja  Müller' }));
		const other = record({ emails: ['lucja@private.de'], phones: [PHONE], name: 'MULLER Lucja' });
		expect(await world.resolve(other)).toMatchObject({ outcome: 'matched', entityId: 'e1' });
	});

	it('of somebody unknown becomes that of who comes with it', async () => {
		const world = mapWorld();
		expect(await world.resolve(record({ phones: [PHONE] }))).toMatchObject({
			outcome: 'new',
			entityId: 'e1',
		});
		expect(await world.resolve(record({ emails: [ada], phones: [PHONE] }))).toMatchObject({
			outcome: 'matched',
			entityId: 'e1',
		});
		expect(await world.resolve(record({ emails: [ada] }))).toMatchObject({
			outcome: 'matched',
			entityId: 'e1',
		});
	});
});

describe('a name in a company', () => {
	const at = (email: string | undefined) =>
		record({ emails: email ? [email] : [], name: 'Maria Keller', domain: 'acme.de' });

	it('identifies, also who writes from a private address', async () => {
		const world = mapWorld();
		await world.resolve(at('maria@acme.de'));
		const found = await world.resolve(at('mk@gmail.com'));
		expect(found).toMatchObject({
			outcome: 'matched',
			entityId: 'e1',
			evidence: [{ key: 'domain-name', value: 'the name at acme.de' }],
		});
	});

	it('does not make one of two who each have an address there; after that it says nothing', async () => {
		const world = mapWorld();
		await world.resolve(at('maria@acme.de'));
		const second = await world.resolve(at('maria.keller2@acme.de'));
		expect(second).toMatchObject({
			outcome: 'review',
			refused: [{ key: 'domain-name', reason: expect.stringContaining('has another address') }],
			candidates: [{ entityId: 'e1' }],
		});
		expect(await world.resolve(at('maria.keller2@acme.de'))).toMatchObject({ outcome: 'matched' });
		const nameless = await world.resolve(at(undefined));
		expect(nameless).toMatchObject({ outcome: 'review', candidates: [{}, {}] });
		expect(nameless.entityId).toBeUndefined();
	});
});

describe('candidates of the item', () => {
	const contact = (id: string, email: string) =>
		record({ ids: [{ system: 'hubspot', id }], emails: [email] });

	it('give their id to the person whose key they have', async () => {
		const world = mapWorld();
		const found = await world.resolve(record({ emails: [ada] }), [
			contact('151', ada),
			contact('152', 'bob@acme.de'),
		]);
		expect(found).toMatchObject({
			outcome: 'matched',
			evidence: [{ key: 'email' }],
			ids: [{ id: '151' }],
		});
		expect(await world.resolve(record({ ids: [{ system: 'hubspot', id: '151' }] }))).toMatchObject({
			entityId: found.entityId,
		});
	});

	it('are for a human when two of one system have it', async () => {
		const found = await mapWorld().resolve(record({ emails: [ada] }), [
			contact('151', ada),
			contact('152', ada),
		]);
		expect(found).toMatchObject({
			outcome: 'review',
			candidates: [{ record: { id: '151' } }, { record: { id: '152' } }],
			ids: [],
		});
	});
});

describe('similar names', () => {
	const similar = { ...DEFAULT_RULES, similarFrom: 0.9 };
	const maria = record({
		emails: ['maria@acme.de'],
		name: 'Maria Keller',
		company: 'Acme GmbH',
		domain: 'acme.de',
	});
	const typo = record({ emails: ['m.keller@private.de'], name: 'Mara Keller', company: 'ACME' });

	it('are shown to a human, and never merged', async () => {
		const world = mapWorld(similar);
		await world.resolve(maria);
		const found = await world.resolve(typo);
		expect(found).toMatchObject({ outcome: 'review', entityId: 'e2' });
		expect(found.candidates).toMatchObject([
			{
				entityId: 'e1',
				evidence: [
					{ key: 'name', value: '98 % similar' },
					{ key: 'company', value: '100 % similar' },
				],
			},
		]);
		expect(await world.resolve(typo)).toMatchObject({ outcome: 'matched', entityId: 'e2' });
		const other = record({
			emails: ['p@acme.de'],
			name: 'Peter Kellermann',
			company: 'Acme',
			domain: 'acme.de',
		});
		expect(await world.resolve(other)).toMatchObject({ outcome: 'new' });
	});

	it('are not looked at, and no name is kept, unless you say so', async () => {
		const world = mapWorld();
		await world.resolve(maria);
		expect(await world.resolve(typo)).toMatchObject({ outcome: 'new' });
		expect((await world.store.get(['identity:v1:main:entity:e1']))[0]).not.toContain('keller');
	});
});

describe('the map', () => {
	it('forgets who was not seen for long, and whoever is used stays', async () => {
		const world = mapWorld();
		const [email, id] = [
			record({ emails: [ada] }),
			record({ ids: [{ system: 'hubspot', id: '1' }] }),
		];
		await world.resolve(record({ emails: [ada], ids: [{ system: 'hubspot', id: '1' }] }));
		world.pass(KEEP_MS - 1000);
		expect(await world.resolve(email)).toMatchObject({ outcome: 'matched', entityId: 'e1' });
		world.pass(2000);
		expect(await world.resolve(id)).toMatchObject({ outcome: 'new', entityId: 'e2' });
		world.pass(KEEP_MS - 3000);
		expect(await world.resolve(email)).toMatchObject({ outcome: 'matched', entityId: 'e1' });
	});

	it('keeps no address, number or name', async () => {
		const world = mapWorld();
		await world.resolve(
			record({ emails: [ada], phones: [PHONE], name: 'Ada Doe', domain: 'acme-robotics.de' }),
		);
		const [row = ''] = await world.store.get(['identity:v1:main:entity:e1']);
		expect(row).toContain('"kind":"phone-name"');
		expect(row).not.toMatch(/ada|doe|acme|901820415/i);
	});
});
