import { Journey } from '../../sandbox/journey';
import { renderTimeline } from '../../sandbox/timeline';

const formAt = '2026-11-20T14:00:00.000Z';
const at = (ms: number) => new Date(Date.parse(formAt) + ms).toISOString();

const full = {
	verification: { ok: true, scheme: 'standard-webhooks', eventId: 'evt_1', ageMs: 12.4 },
	lead: {
		identity: { email: 'dana@northwind.example' },
		person: { firstName: 'Dana', lastName: 'Whitfield', title: 'Director' },
		company: { name: 'Northwind' },
	},
	dedupe: { outcome: 'new', key: 'form:evt_1' },
	enrichment: {
		status: 'partial',
		filled: {
			'company.employeeCount': { provider: 'apollo', at: at(300) },
			'company.industry': { provider: 'apollo', at: at(300) },
			'identity.emailStatus': { provider: 'hunter', at: at(400) },
		},
		missing: ['identity.phone'],
		steps: [
			{ provider: 'apollo', outcome: 'matched', durationMs: 210.6, credits: 1 },
			{ provider: 'hunter', outcome: 'matched', durationMs: 90, credits: 1 },
		],
	},
	score: {
		value: 87,
		threshold: 65,
		band: 'hot',
		rules: [
			{ name: 'Director or above', group: 'fit', points: 30, awarded: 30, matched: true },
			{ name: 'Student', group: 'fit', points: -40, awarded: 0, matched: false },
			{ name: 'Personal address', group: 'fit', points: -10, awarded: -10, matched: true },
		],
	},
	route: {
		outcome: 'assigned',
		pool: 'us-east',
		owner: { name: 'Olivia Reyes', email: 'o@acme.example', timezone: 'America/New_York' },
		reason: 'fewest meetings today',
		sla: { minutes: 5, dueAt: at(300_000) },
	},
	crm: {
		system: 'hubspot',
		recordId: '151',
		operation: 'created',
		changed: ['email'],
		task: { taskId: '900', operation: 'created' },
	},
	meeting: {
		outcome: 'booked',
		provider: 'google-calendar',
		eventId: 'e1',
		startAt: '2026-11-23T15:00:00Z',
		endAt: '2026-11-23T15:30:00Z',
		owner: { timezone: 'America/New_York', local: '2026-11-23T10:00:00-05:00' },
		lead: { timezone: 'Europe/Berlin', local: '2026-11-23T16:00:00+01:00' },
		joinUrl: 'https://meet.example/abc',
		repeated: false,
	},
	trace: {
		correlationId: 'c-1',
		stages: [
			{ stage: 'verified', at: at(40) },
			{ stage: 'deduplicated', at: at(55) },
			{ stage: 'enriched', at: at(420) },
			{ stage: 'scored', at: at(430) },
			{ stage: 'routed', at: at(440) },
			{ stage: 'crm', at: at(800) },
			{ stage: 'meeting', at: at(1200) },
		],
	},
};

const render = (json: unknown) => renderTimeline(Journey.parse(json), { formAt });

describe('renderTimeline', () => {
	it('shows every stage with its reason and its time since the form', () => {
		const slack = { channel: '#sales-leads', text: 'New meeting\nDana Whitfield', at: at(1500) };
		expect(renderTimeline(Journey.parse(full), { formAt, slack })).toBe(
			[
				'Dana Whitfield, Director, Northwind, dana@northwind.example',
				'     +40 ms  Verified    standard-webhooks, event evt_1, 12 ms old',
				'     +55 ms  New         form:evt_1',
				'    +420 ms  Partial     apollo matched (211 ms) → hunter matched (90 ms)',
				'                         apollo: company.employeeCount, company.industry',
				'                         hunter: identity.emailStatus',
				'                         still missing: identity.phone',
				'    +430 ms  Score 87    hot, threshold 65',
				'                         Director or above +30',
				'                         Personal address -10',
				'    +440 ms  Assigned    Olivia Reyes, pool us-east, answer within 5 min',
				'                         fewest meetings today',
				'    +800 ms  CRM         hubspot record 151 created, task 900 created',
				'   +1200 ms  Booked      google-calendar',
				'                         owner: Mon 23 Nov 2026 10:00 America/New_York',
				'                         lead:  Mon 23 Nov 2026 16:00 Europe/Berlin',
				'                         https://meet.example/abc',
				'   +1500 ms  Slack       #sales-leads: New meeting',
				'                         Dana Whitfield',
			].join('\n'),
		);
	});

	it('says so when no stage has run', () => {
		expect(render({})).toBe('Unknown lead\n  (no stage of the pipeline has run)');
	});

	it.each(Object.keys(full))('is not upset by a missing %s', (key) => {
		expect(() => render({ ...full, [key]: undefined })).not.toThrow();
	});

	it('gives the reason of a rejected event', () => {
		const rejected = render({ verification: { ok: false, reason: 'SIGNATURE_MISMATCH' } });
		expect(rejected).toContain('Rejected    SIGNATURE_MISMATCH');
	});

	it('leaves the time empty when the trace does not know the stage', () => {
		const line = render({ dedupe: { outcome: 'in_progress' } }).split('\n')[1];
		expect(line).toBe('             In progress');
	});

	it('names nobody when no owner was found', () => {
		expect(render({ route: { outcome: 'fallback', pool: 'any' } })).toContain('nobody, pool any');
	});

	it('marks a meeting that had been booked before', () => {
		const meeting = { ...full.meeting, repeated: true };
		expect(render({ meeting })).toContain('google-calendar, the same meeting as before');
	});
});
