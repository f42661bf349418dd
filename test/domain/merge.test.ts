import fc from 'fast-check';
import { mapDraft } from '../../lib/domain/identity-map';
import { DEFAULT_RULES } from '../../lib/domain/identity-rules';
import { planMerge } from '../../lib/domain/merge';
import { applyMerge, mergeRowName, undoMerge } from '../../lib/domain/merge-applied';
import { readRecords, type MergeRecord } from '../../lib/domain/merge-record';
import { lead } from '../leads';

const RULES = { precedence: ['salesforce', 'hubspot'], choices: { job: 'newest' } } as const;

const salesforce = {
	lead: lead({
		identity: { email: 'ada@acme.de', externalIds: { salesforce: '00Q1' } },
		person: { firstName: 'Ada', lastName: 'Doe', fullName: 'Ada Doe', title: 'Analyst' },
		company: { name: 'Acme GmbH', domain: 'acme.de' },
		consent: { channels: { email: true, phone: true } },
	}),
	system: 'salesforce',
	recordId: '00Q1',
	updatedAt: '2026-01-01T00:00:00Z',
	createdAt: '2024-01-01T00:00:00Z',
};
const hubspot = {
	lead: {
		...lead({
			identity: { email: 'ada@acme.de', phone: '+4930901820', externalIds: { hubspot: '151' } },
			person: { firstName: 'A.', lastName: 'Doe', fullName: 'A. Doe', title: 'Director' },
			company: { name: 'Acme', domain: 'acme.de', employeeCount: 120 },
			consent: { channels: { email: false } },
		}),
		attribution: {
			originalSource: 'webinar',
			firstTouch: { at: '2023-05-01T00:00:00Z', source: 'webinar' },
		},
		activities: [{ kind: 'form_submit' as const, occurredAt: '2026-02-01T00:00:00Z', id: 'a1' }],
	},
	system: 'hubspot',
	recordId: '151',
	updatedAt: '2026-03-01T00:00:00Z',
	createdAt: '2023-01-01T00:00:00Z',
};

it('loses no unread value of the records, above all none about consent', () => {
	const unread = (record: typeof hubspot | typeof salesforce, values: object) => ({
		...record,
		lead: { ...record.lead, custom: { unread: values } },
	});
	const records = [
		unread(salesforce, { phone: 'call me', city: 3 }),
		unread(hubspot, { consent: 'lieber nicht', phone: 'no' }),
	];
	expect(planMerge(readRecords(records), RULES).lead.custom).toEqual({
		unread: { consent: 'lieber nicht', phone: 'call me', city: 3 },
	});
});

it('takes what an expression left undefined for unsaid', () => {
	const unsaid = { system: undefined, recordId: undefined, updatedAt: undefined };
	const [one] = readRecords([{ lead: salesforce.lead, ...unsaid }, hubspot]).filter(
		({ system }) => system !== 'hubspot',
	);
	expect(one).toMatchObject({ system: salesforce.lead.source.system });
});

it('lets the oldest of equally trusted records survive, whichever was changed last', () => {
	const of = (recordId: string, createdAt: string, updatedAt: string) => ({
		...hubspot,
		...{ recordId, createdAt, updatedAt },
	});
	const young = of('152', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
	const old = of('153', '2021-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
	expect(planMerge(readRecords([young, old]), RULES).survivor).toMatchObject({ id: '153' });
});

it('keeps the records of a merge no longer than until it is undone', () => {
	let count = 0;
	const draft = mapDraft(new Map());
	const resolving = {
		draft,
		rules: DEFAULT_RULES,
		now: 0,
		keepMs: 1e9,
		newId: () => `e${++count}`,
	};
	const parts = readRecords([
		salesforce,
		{ ...hubspot, lead: { ...hubspot.lead, identity: { externalIds: { hubspot: '151' } } } },
	]);
	expect(applyMerge({ mergeId: 'm1', parts, until: 1e9 }, resolving).outcome).toBe('joined');
	const kept = () => draft.text(mergeRowName('m1')) ?? '';
	expect(kept()).toContain('ada@acme.de');
	expect(undoMerge(draft, 'm1')).toMatchObject({ outcome: 'undone', records: parts });
	expect(kept()).not.toContain('ada@acme.de');
	expect(undoMerge(draft, 'm1')).toMatchObject({ reason: 'it was undone before' });
});

describe('the plan of a merge', () => {
	const plan = planMerge(readRecords([salesforce, hubspot]), RULES);
	const field = (name: string) => plan.fields.find((one) => one.field === name);

	it('names the winner of each field, from whom, why, and what was not taken', () => {
		expect(field('person.fullName')).toEqual({
			field: 'person.fullName',
			value: 'Ada Doe',
			from: { system: 'salesforce', id: '00Q1' },
			reason: 'salesforce comes first',
			others: [{ value: 'A. Doe', from: { system: 'hubspot', id: '151' } }],
		});
		expect(field('person.title')).toMatchObject({
			value: 'Director',
			reason: 'newest, of 2026-03-01T00:00:00Z',
		});
		expect(field('identity.phone')).toMatchObject({
			value: '+4930901820',
			reason: 'only this record has a value',
		});
		expect(field('company.employeeCount')).toMatchObject({
			value: 120,
			from: { system: 'hubspot' },
		});
	});

	it('keeps the first touch and the strictest consent, and says what else there is to do', () => {
		expect(plan.survivor).toEqual({ system: 'salesforce', id: '00Q1' });
		expect(plan.lead.attribution.originalSource).toBe('webinar');
		expect(plan.lead.consent.channels).toEqual({ email: false, phone: true });
		expect(plan.consent).toMatchObject({
			refused: ['email'],
			reason: expect.stringContaining('hubspot'),
		});
		expect(plan.activities).toEqual({
			total: 1,
			reparent: [
				{
					from: { system: 'hubspot', id: '151' },
					to: { system: 'salesforce', id: '00Q1' },
					count: 1,
					activityIds: ['a1'],
				},
			],
		});
		expect(plan.score.recalculate).toBe(true);
		expect(plan.ids.link).toEqual(
			expect.arrayContaining([
				{ system: 'hubspot', id: '151' },
				{ system: 'salesforce', id: '00Q1' },
			]),
		);
		expect(plan.parts).toEqual(readRecords([hubspot, salesforce]));
	});

	it.each([
		{ firstName: 'A', lastName: 'Older', fullName: 'A Older' },
		{ firstName: 'Zoe', lastName: 'Older', fullName: 'Zoe Older' },
	])('takes the newer of two records of one system, not %j', (person) => {
		const older = { ...hubspot, recordId: '150', updatedAt: '2025-03-01T00:00:00Z' };
		const named = { ...older, lead: { ...older.lead, person } };
		const twice = planMerge(readRecords([named, hubspot]), RULES);
		expect(twice.fields.find((one) => one.field === 'person.fullName')).toMatchObject({
			value: 'A. Doe',
			reason: 'newest, of 2026-03-01T00:00:00Z',
		});
		expect(twice.ids.doubled).toEqual([{ system: 'hubspot', ids: ['150', '151'] }]);
	});

	it('keeps the first touch and the fuller of two tellings of an activity, whichever record has them', () => {
		const [first] = hubspot.lead.activities;
		const fuller = { ...first, properties: { formId: 'demo' } };
		const touch = {
			originalSource: 'fair',
			firstTouch: { at: '2020-01-01T00:00:00Z', source: 'fair' },
		};
		const merged = ['2022-01-01T00:00:00Z', '2025-01-01T00:00:00Z'].map((createdAt) => {
			const early = { ...salesforce.lead, attribution: touch, activities: [fuller] };
			return planMerge(readRecords([{ ...salesforce, lead: early, createdAt }, hubspot]), RULES);
		});
		for (const one of merged) {
			expect(one.lead.attribution.originalSource).toBe('fair');
			expect(one.lead.activities).toEqual([fuller]);
			expect(one.activities).toEqual({ total: 1, reparent: [] });
		}
	});

	it('does not mix two companies into one', () => {
		const moved = {
			...hubspot,
			lead: { ...hubspot.lead, company: { name: 'Other', domain: 'other.de', employeeCount: 9 } },
		};
		const { company } = planMerge(readRecords([salesforce, moved]), RULES).lead;
		expect(company).toEqual({ name: 'Acme GmbH', domain: 'acme.de' });
	});

	it.each([
		[[], /none was given/],
		[[salesforce, salesforce], /only one was given/],
		[[salesforce, { email: 'a@b.co' }], /Record 2 to merge/],
	])('is refused for %#', (records, message) => {
		expect(() => readRecords(records)).toThrow(message);
	});
});

const iso = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const anyRecord: fc.Arbitrary<MergeRecord> = fc
	.record({
		system: fc.constantFrom('salesforce', 'hubspot', 'form'),
		id: fc.constantFrom('1', '2', '3'),
		at: fc.integer({ min: 0, max: 5 }),
		title: fc.constantFrom(undefined, 'A', 'B'),
		size: fc.constantFrom(undefined, 1, 2),
		domain: fc.constantFrom('acme.de', 'other.de'),
		email: fc.constantFrom(undefined, true, false),
		custom: fc.dictionary(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 3 })),
		done: fc.array(
			fc.record({ id: fc.constantFrom(undefined, 'a', 'b'), hour: fc.integer({ min: 0, max: 3 }) }),
			{ maxLength: 3 },
		),
		source: fc.constantFrom(undefined, 'ad', 'web'),
	})
	.map(({ system, id, at, title, size, domain, email, custom, done, source }) => ({
		system,
		recordId: id,
		updatedAt: iso(at),
		lead: {
			...lead({
				identity: { externalIds: { [system]: id } },
				...(title && { person: { title } }),
				company: { domain, ...(size && { employeeCount: size }) },
				consent: { channels: email === undefined ? {} : { email } },
			}),
			custom,
			attribution: source ? { originalSource: source, firstTouch: { at: iso(at), source } } : {},
			activities: done.map((one) => ({
				kind: 'page_view' as const,
				occurredAt: iso(one.hour),
				...(one.id && { id: one.id }),
			})),
		},
	}));

it('merging in steps, in any order, ends where merging at once does', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(anyRecord, {
				minLength: 3,
				maxLength: 3,
				selector: (one) => JSON.stringify(one),
			}),
			([a, b, c]) => {
				const merge = (...records: readonly unknown[]) => planMerge(readRecords(records), RULES);
				const once = merge(a, b, c);
				expect(merge(merge(a, b), c)).toEqual(once);
				expect(merge(a, merge(c, b))).toEqual(once);
				expect(merge(c, b, a, b)).toEqual(once);
			},
		),
		{ numRuns: 150 },
	);
});
