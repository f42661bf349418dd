import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { openSqliteStore } from '../../lib/runtime/store/open';
import { subjectOf } from '../../lib/runtime/store/subject';
import { readCounts } from '../../nodes/Dedupe/counters';
import { lead } from '../leads';
import { runIdentity } from './identity-host';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'identity-'));
afterAll(() => openSqliteStore().close());

type Ids = Readonly<Record<string, string>>;

const item = (
	email: string | undefined,
	externalIds: Ids = {},
	parts: NonNullable<Parameters<typeof lead>[0]> = {},
): IDataObject => ({
	lead: lead({
		...parts,
		// One word is no name to find somebody by.
		person: parts.person ?? { fullName: 'Someone' },
		identity: { ...(email && { email }), externalIds, ...parts.identity },
	}) as unknown as IDataObject,
});
const identity = ({ identity: found }: IDataObject = {}) => found as IDataObject;
const resolve = async (items: readonly IDataObject[], parameters = {}) =>
	await runIdentity(items, 'resolve', parameters);
const counted = async () =>
	(await readCounts(openSqliteStore(), 1, Date.now())).reduce(
		(all, one) => [all[0]! + one.merged, all[1]! + one['merge-corrected']],
		[0, 0],
	);

it('resolves a batch: new, known, for a human, and what cannot be read fails alone', async () => {
	const batch = [
		item('r1@acme.de', { hubspot: '1' }),
		item('r1@acme.de'),
		{},
		item('r2@acme.de', { hubspot: '1' }),
	];
	const [matched = [], fresh = [], review = []] = await resolve(batch);
	expect(fresh.map((one) => identity(one)['outcome'])).toEqual(['new']);
	expect(matched).toHaveLength(3);
	expect(matched.find(({ details }) => details)).toMatchObject({
		details: { code: 'INVALID_INPUT', stage: 'resolved' },
	});
	expect(review).toEqual([]);
	const ids = new Set([...matched, ...fresh].flatMap((one) => identity(one)?.['entityId'] ?? []));
	expect(ids.size).toBe(1);
	expect(JSON.stringify(matched)).toContain('r***@acme.de');
	const [, , unclear = []] = await resolve([item('info@acme.de')]);
	expect(unclear[0]).toMatchObject({
		identity: { outcome: 'review', refused: [{ reason: 'reaches a desk and not a person' }] },
	});
});

it('takes candidates as JSON text and as an array, and refuses what is none', async () => {
	const candidates = [{ system: 'Pipedrive', id: 77, email: 'C1@ACME.de' }];
	const [matched = []] = await resolve([item('c1@acme.de')], {
		candidates: JSON.stringify(candidates),
	});
	expect(matched[0]).toMatchObject({
		identity: { outcome: 'matched', ids: [{ system: 'Pipedrive', id: '77' }] },
	});
	const [failed = []] = await resolve([item('c1@acme.de')], { candidates: [{ name: 'x' }] });
	expect(failed[0]).toMatchObject({ details: { code: 'INVALID_INPUT' } });
});

it('links ids, looks people up by any of them, and explains a conflict', async () => {
	const [, [one] = []] = await resolve([item('l1@acme.de')]);
	await resolve([item('l2@acme.de', { salesforce: '00Q5g0000000002' })]);
	const entityId = identity(one)['entityId'];
	const ids = { marketo: '9', snowflake: 'GUID-9' };
	const [linked = []] = await runIdentity([one!], 'link', { entityId, ids });
	expect(linked[0]).toMatchObject({ identity: { outcome: 'linked', entityId } });
	const [found = []] = await runIdentity([{}], 'lookUp', {
		ids: [{ system: 'snowflake', id: 'GUID-9' }],
	});
	expect(found[0]).toMatchObject({
		identity: {
			entityId,
			ids: [
				{ system: 'marketo', id: '9' },
				{ system: 'snowflake', id: 'GUID-9' },
			],
		},
	});
	const [, conflict = []] = await runIdentity([{}], 'link', {
		entityId,
		ids: { salesforce: '00Q5g0000000002' },
	});
	expect(conflict[0]).toMatchObject({
		identity: { outcome: 'conflict', refused: [{ key: 'id', entityId: expect.any(String) }] },
	});
	const [, nobody = []] = await runIdentity([{}], 'lookUp', { email: 'l9@acme.de' });
	expect(nobody[0]).toMatchObject({ identity: { outcome: 'not-found' } });
	const [unnamed = []] = await runIdentity([{}], 'lookUp');
	expect(unnamed[0]).toMatchObject({ details: { code: 'INVALID_INPUT' } });
});

it('settles a review either way, and counts the corrections', async () => {
	const doe = { person: { fullName: 'Ada Doe' }, identity: { phone: '+4930555777' } };
	const [, [first] = []] = await resolve([item('s1@one.de', {}, doe)]);
	const other = { person: { fullName: 'Bob Roe' }, identity: { phone: '+4930555777' } };
	const [, , [review] = []] = await resolve([item('s2@two.de', {}, other)]);
	const [entityId, otherEntityId] = [identity(review)['entityId'], identity(first)['entityId']];
	expect(identity(review)).toMatchObject({
		outcome: 'review',
		candidates: [{ entityId: otherEntityId }],
	});
	const before = await counted();
	const settle = async (decision: string) =>
		(await runIdentity([review!], 'settle', { entityId, otherEntityId, decision }))[0]?.[0];
	expect(await settle('different')).toMatchObject({ identity: { outcome: 'apart' } });
	expect(await settle('same')).toMatchObject({
		identity: { outcome: 'joined', entityId: otherEntityId, joined: [entityId] },
	});
	expect(await counted()).toEqual([before[0]! + 1, before[1]! + 1]);
	const [matched = []] = await resolve([item('s2@two.de')]);
	expect(identity(matched[0])['entityId']).toBe(otherEntityId);
	const [undone = []] = await runIdentity([{}], 'undoMerge', { joinedId: entityId });
	expect(undone[0]).toMatchObject({ undo: { outcome: 'undone', entityIds: [entityId] } });
	const [again = []] = await resolve([item('s2@two.de')]);
	expect(identity(again[0])['entityId']).toBe(entityId);
});

it('keeps apart whom a human has told apart, whatever record speaks for both', async () => {
	const one = item('apart@one.de');
	const other = item('apart@two.de', { hubspot: '4711' });
	const [, people = []] = await resolve([one, other]);
	const [entityId, otherEntityId] = people.map((person) => identity(person)['entityId']);
	const told = { entityId, otherEntityId, decision: 'different' };
	await runIdentity([one], 'settle', told);
	const [matched = [], , review = []] = await resolve([item('apart@one.de', { hubspot: '4711' })]);
	expect([...matched, ...review].map((both) => identity(both))).toMatchObject([
		{ joined: [], refused: [{ reason: expect.stringContaining('by your decision') }] },
	]);
	const [again = []] = await resolve([one, other]);
	expect(again.map((person) => identity(person)['entityId'])).toEqual([entityId, otherEntityId]);
});

it('forgets the snapshot of a merge and everybody who was part of the person', async () => {
	const pair = [item('gone1@acme.de', { hubspot: 'g1' }), item('gone2@acme.de', { marketo: 'g2' })];
	const [, people = []] = await resolve(pair);
	const ids = people.map((person) => String(identity(person)['entityId']));
	const records = pair.map(({ lead }) => ({ lead }));
	const [[planned] = []] = await runIdentity([{}], 'planMerge', { records });
	const plan = planned?.['merge'] as IDataObject;
	await runIdentity([planned!], 'applyMerge', { plan });
	const rows = [`merge:${String(plan['mergeId'])}`, ...ids.map((id) => `entity:${id}`)];
	const kept = async () =>
		(await openSqliteStore().get(rows.map((row) => `identity:v1:main:${row}`))).filter(Boolean)
			.length;
	expect(await kept()).toBe(3);
	await runIdentity([{}], 'forget', { email: 'gone1@acme.de' });
	expect(await kept()).toBe(0);
});

it('plans a merge, applies it once, and undoes it with the records as they were', async () => {
	const pair = [
		item('m1@acme.de', { salesforce: '00Q5g0000000m01' }),
		item('m2@acme.de', { hubspot: 'm2' }),
	];
	await resolve(pair);
	const records = pair.map((one, index) => ({
		lead: one['lead'],
		system: ['salesforce', 'hubspot'][index],
		recordId: ['00Q5g0000000m01', 'm2'][index],
	}));
	const [[planned] = []] = await runIdentity([{ records } as IDataObject], 'planMerge', {
		records,
		precedence: 'salesforce',
	});
	const merge = planned?.['merge'] as IDataObject;
	expect(merge).toMatchObject({
		survivor: { system: 'salesforce' },
		lead: { identity: { email: 'm1@acme.de' } },
	});
	const apply = async () => (await runIdentity([planned!], 'applyMerge', { plan: merge }))[0]?.[0];
	expect(await apply()).toMatchObject({ identity: { outcome: 'joined' } });
	expect(await apply()).toMatchObject({ identity: { outcome: 'already' } });
	const entityOf = async (email: string) =>
		identity((await resolve([item(email)]))[0]?.[0])['entityId'];
	expect(await entityOf('m1@acme.de')).toBe(await entityOf('m2@acme.de'));
	const undo = async () =>
		await runIdentity([planned!], 'undoMerge', { mergeId: merge['mergeId'] });
	const [[undone] = []] = await undo();
	expect((undone?.['undo'] as IDataObject)['records']).toEqual(merge['parts']);
	expect(await entityOf('m1@acme.de')).not.toBe(await entityOf('m2@acme.de'));
	expect((await undo())[1]?.[0]).toMatchObject({ undo: { outcome: 'nothing-to-undo' } });
});

it('forgets a person under every address, and only that person', async () => {
	const store = openSqliteStore();
	const at = { leaseUntil: Date.now() + 1e6, expiresAt: Date.now() + 1e6 };
	const phone = { identity: { phone: '+4930555999' } };
	await resolve([
		item('f1@acme.de', { hubspot: 'f' }, phone),
		item('f2@gmail.com', { hubspot: 'f' }),
	]);
	await resolve([item('other@acme.de', {}, phone)]);
	await store.claim([
		{ key: 'claim:f1', ...at, subject: subjectOf('f1@acme.de') },
		{ key: 'claim:f2', ...at, subject: subjectOf('f2@gmail.com') },
		{ key: 'claim:other', ...at, subject: subjectOf('other@acme.de') },
		{ key: 'claim:phone', ...at, subject: subjectOf('+4930555999') },
	]);
	const [[gone] = []] = await runIdentity([{ secret: 'f1@acme.de' }], 'forget', {
		email: 'F1@acme.de',
	});
	expect(Object.keys(gone!).sort()).toEqual(['forgotten', 'trace']);
	expect(gone).toMatchObject({ forgotten: { where: { claims: 2, entityMapPeople: 1 } } });
	expect(JSON.stringify(gone)).not.toMatch(/f1@|acme/);
	const [[again] = []] = await runIdentity([{}], 'forget', { email: 'f1@acme.de' });
	expect(again).toMatchObject({ forgotten: { total: 0, entityIds: [] } });
	const [, [stranger] = []] = await resolve([item('f2@gmail.com', { hubspot: 'f' })]);
	expect(identity(stranger)['outcome']).toBe('new');
	const [[known] = []] = await resolve([item('other@acme.de')]);
	expect(identity(known)['outcome']).toBe('matched');
});

it('forgets who asks, and not the colleague behind the same switchboard', async () => {
	const store = openSqliteStore();
	const at = { leaseUntil: Date.now() + 1e6, expiresAt: Date.now() + 1e6 };
	const phone = '+4930555123';
	const [, [colleague] = []] = await resolve([item('s1@acme.de', {}, { identity: { phone } })]);
	await store.claim([
		{ key: 'claim:s1', ...at, subject: subjectOf('s1@acme.de') },
		{ key: 'claim:switchboard', ...at, subject: subjectOf(phone) },
		{ key: 'claim:asks', ...at, subject: subjectOf('asks@elsewhere.de') },
	]);
	const forget = async (asked: IDataObject) => {
		const [[{ forgotten } = {}] = []] = await runIdentity([{}], 'forget', asked);
		return forgotten;
	};
	expect(await forget({ email: 'asks@elsewhere.de', phone })).toMatchObject({
		total: 1,
		where: { claims: 1, entityMapPeople: 0 },
		sharesNumberWith: [identity(colleague)['entityId']],
	});
	const [[still] = []] = await resolve([item('s1@acme.de')]);
	expect(identity(still)['outcome']).toBe('matched');
	// Who gives the number alone, and is the only one who has it, is meant.
	expect(await forget({ phone })).toMatchObject({ where: { claims: 2, entityMapPeople: 1 } });
});

it('does not make one of two people whose company is a mail provider or a page on a platform', async () => {
	const namesake = (email: string, domain: string) =>
		item(email, {}, { person: { fullName: 'Jane Doe' }, company: { domain } });
	for (const domain of ['gmail.com', 'linkedin.com', 'myshopify.com']) {
		await resolve([namesake(`one.${domain}@gmail.com`, domain)]);
		const [, [other] = []] = await resolve([namesake(`two.${domain}@gmx.de`, domain)]);
		expect(identity(other)).toMatchObject({ outcome: 'new', joined: [], evidence: [] });
	}
	await resolve([namesake('jane.doe@gmail.com', 'northwind-analytics.com')]);
	const [[same] = []] = await resolve([namesake('jd@gmx.de', 'northwind-analytics.com')]);
	expect(identity(same)['evidence']).toMatchObject([{ key: 'domain-name' }]);
});

it('says Conflict for a second ID of a system, which it does not keep', async () => {
	const [[first] = []] = await runIdentity([{}], 'link', { ids: { hubspot: '71' } });
	const { entityId, outcome } = identity(first);
	expect(outcome).toBe('linked');
	const asked = { entityId, ids: { hubspot: '72' } };
	const [, [second] = []] = await runIdentity([{}], 'link', asked);
	expect(identity(second)).toMatchObject({
		outcome: 'conflict',
		entityId,
		ids: [{ system: 'hubspot', id: '71' }],
		refused: [{ key: 'id', value: 'hubspot 72' }],
	});
});
