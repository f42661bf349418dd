import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Template } from '../../sandbox/host/rest';
import { runChain, type Item } from './chain';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

type Node = Template['nodes'][number];

const node = (name: string, type: string, parameters: object): Node => ({
	name,
	type: `n8n-nodes-lead-handoff.${type}`,
	typeVersion: 1,
	parameters: { ...parameters },
	onError: 'continueErrorOutput',
});
const identity = (name: string, operation: string, parameters: object = {}) =>
	node(name, 'dedupe', { resource: 'identity', operation, ...parameters });

const normalize = node('Normalize', 'leadNormalize', {});
const claim = node('Claim', 'dedupe', {
	recipe: 'custom',
	ownValue: '={{ $json.lead.source.eventId }}',
});
const resolve = identity('Resolve', 'resolve');

/** One person, as a form and as a CRM send her. */
const byForm = {
	body: {
		email: 'Mira.Vogel+web@acme-robotics.de',
		name: 'Mira Vogel',
		phone: '+49 30 90182042',
		eventId: 'f-1',
	},
};
const byHubSpot = {
	body: {
		vid: 88001,
		properties: {
			email: { value: 'mira.vogel@acme-robotics.de' },
			firstname: { value: 'Mira' },
			lastname: { value: 'Vogel' },
		},
	},
};

const person = ({ json }: Item) => Object(json['identity']);

describe('Identity in n8n', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
	});

	beforeEach(() => openMemory(host.userFolder).forget());

	/** Every row of every table of the store, as text. */
	const wholeStore = () => {
		const path = join(host.userFolder, '.n8n', 'lead-handoff.sqlite');
		const database = new DatabaseSync(path, { readOnly: true });
		const tables = database
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
			.all()
			.map((row) => String(row['name']));
		const rows = tables.flatMap((table) => database.prepare(`SELECT * FROM "${table}"`).all());
		database.close();
		return rows.map((row) => JSON.stringify(row));
	};

	it("gives two senders' events of one person one entity", async () => {
		const run = await runChain(host, [byForm, byHubSpot], [normalize, resolve]);
		const [matched = [], fresh = [], review = []] = run.outputs('Resolve');
		expect([run.error, review]).toEqual([undefined, []]);
		expect([matched.length, fresh.length]).toEqual([1, 1]);
		const [one, other] = [person(matched[0]!), person(fresh[0]!)];
		expect(one.entityId).toBe(other.entityId);
		expect(one.evidence[0]).toMatchObject({ key: 'email', value: 'm***@acme-robotics.de' });
	});

	it('links, looks up, and forgets: nothing of the address is left in the file', async () => {
		const link = identity('Link', 'link', { ids: { salesforce: '00Q5g000004AbCd' } });
		const lookUp = identity('Look Up', 'lookUp', {
			entityId: '',
			email: '',
			phone: '',
			ids: '={{ { salesforce: "00Q5g000004AbCdEAK" } }}',
		});
		const forget = identity('Forget', 'forget', { entityId: '', ids: '' });
		const first = await runChain(
			host,
			[byForm],
			[
				normalize,
				claim,
				{
					...resolve,
					parameters: { ...resolve.parameters, identityOptions: { similarPercent: 90 } },
				},
			],
		);
		const [, fresh = []] = first.outputs('Resolve');
		const { entityId } = person(fresh[0]!);
		const linked = await runChain(host, [{ identity: { entityId } }], [link, lookUp]);
		expect(linked.outputs('Look Up')[0]?.map(person)).toMatchObject([
			{ outcome: 'found', entityId },
		]);
		expect(wholeStore().filter((row) => row.includes(entityId)).length).toBeGreaterThan(0);
		expect(wholeStore().join()).toContain('mira');
		const gone = await runChain(host, [byForm], [normalize, forget]);
		const [report] = gone.outputs('Forget')[0] ?? [];
		expect(report?.json).toMatchObject({ forgotten: { where: { claims: 1, entityMapPeople: 1 } } });
		expect(JSON.stringify(report)).not.toMatch(/mira|vogel/i);
		expect(
			wholeStore().filter((row) => /mira|vogel|acme|90182042/i.test(row) || row.includes(entityId)),
		).toEqual([]);
		const again = await runChain(host, [byForm], [normalize, forget]);
		expect(again.outputs('Forget')[0]?.[0]?.json).toMatchObject({ forgotten: { total: 0 } });
	});

	it('plans a merge, applies it, and undoes it', async () => {
		const both = await runChain(
			host,
			[byForm, { body: { email: 'm.vogel@private-mail.de', name: 'M. V.' } }],
			[normalize],
		);
		const records = both.outputs('Normalize')[0]?.map(({ json }) => ({ lead: json['lead'] }));
		const run = await runChain(
			host,
			[{ records }],
			[
				identity('Plan', 'planMerge'),
				identity('Apply', 'applyMerge'),
				identity('Undo', 'undoMerge'),
			],
		);
		expect(run.outputs('Apply')[0]?.map(person)).toMatchObject([{ outcome: 'joined' }]);
		expect(run.outputs('Undo')[0]?.[0]?.json['undo']).toMatchObject({
			outcome: 'undone',
			records: [{}, {}],
		});
	});
});
