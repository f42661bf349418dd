import { randomUUID } from 'node:crypto';
import type { Template } from '../../sandbox/host/rest';
import type { Fault } from '../../sandbox/faults';
import type { VendorId } from '../../sandbox/vendors/port';
import { leftBehindBy } from './left-behind';
import { openMemory } from './memory';
import { openPipeline, type Pipeline } from './pipeline';

const email = 'dana.whitfield@northwind-analytics.com';
/** Whichever call to HubSpot comes first. */
const HUBSPOT: unknown = expect.stringMatching(/^crm-/);

describe('when something is down', () => {
	let pipeline: Pipeline;

	beforeAll(async () => {
		pipeline = await openPipeline(impatient);
	});

	beforeEach(() => pipeline.forgetAll());

	const counts = () => {
		const { contacts, tasks, meetings, messages } = leftBehindBy(pipeline.world, email);
		return {
			contacts: contacts.length,
			tasks: tasks.length,
			meetings: meetings.length,
			messages: messages.length,
		};
	};
	const oneOfEach = { contacts: 1, tasks: 1, meetings: 1, messages: 1 };

	describe('a data provider', () => {
		const down = (...vendors: VendorId[]) => {
			for (const vendor of vendors) {
				pipeline.world.setFault(vendor, { kind: 'error', status: 500 });
			}
		};

		it('Apollo: the lead goes on with what Hunter knows', async () => {
			down('apollo');
			const { journey } = await pipeline.deliver({ persona: 'second-provider' });
			const { contacts } = leftBehindBy(pipeline.world, 'tom.okafor@harborline-logistics.com');
			expect(contacts[0]?.properties).toMatchObject({
				jobtitle: 'VP Sales',
				industry: 'Logistics',
			});
			expect(journey.enrichment?.steps).toMatchObject([
				// Whoever has what is wanted first ends it, be Apollo's last try over by then or not.
				{ provider: 'apollo', outcome: expect.stringMatching(/^(?:failed|pending)$/) as string },
				{ provider: 'hunter', outcome: 'hit' },
			]);
			expect(await pipeline.deadLetters()).toEqual([]);
		});

		it('both: the lead goes on with what the form said', async () => {
			down('apollo', 'hunter');
			await pipeline.deliver({ persona: 'perfect' });
			expect(leftBehindBy(pipeline.world, email).contacts[0]?.properties).toMatchObject({
				firstname: 'Dana',
				company: 'Northwind Analytics',
				enrichment_status: 'partial',
			});
			expect(await pipeline.deadLetters()).toEqual([]);
		});
	});

	describe('a system that the lead must reach', () => {
		it.each<[string, VendorId, Fault, { stage: unknown; code: string }]>([
			[
				'HubSpot answers 500',
				'hubspot',
				{ kind: 'error', status: 500 },
				{ stage: HUBSPOT, code: 'UPSTREAM_UNAVAILABLE' },
			],
			[
				'HubSpot hangs up',
				'hubspot',
				{ kind: 'reset' },
				{ stage: HUBSPOT, code: 'UPSTREAM_UNAVAILABLE' },
			],
			[
				'HubSpot asks to wait too long',
				'hubspot',
				{ kind: 'rate-limit', retryAfter: 120 },
				{ stage: HUBSPOT, code: 'RATE_LIMITED' },
			],
			['HubSpot is silent', 'hubspot', { kind: 'timeout' }, { stage: HUBSPOT, code: 'TIMEOUT' }],
			[
				'HubSpot breaks off in the middle of its answers',
				'hubspot',
				{ kind: 'malformed' },
				{ stage: HUBSPOT, code: 'UPSTREAM_UNAVAILABLE' },
			],
			[
				'HubSpot does not take the task',
				'hubspot',
				{ kind: 'error', status: 403, path: '/tasks' },
				{ stage: 'task', code: 'SCOPE_DENIED' },
			],
			[
				'Google answers 500',
				'google-calendar',
				{ kind: 'error', status: 500 },
				{ stage: 'scheduled', code: 'UPSTREAM_UNAVAILABLE' },
			],
		])(
			'%s: the whole lead is kept, and goes all the way when it is sent again',
			async (_name, vendor, fault, where) => {
				const lead = { persona: 'perfect', eventId: randomUUID() };
				pipeline.world.setFault(vendor, fault);
				const failed = await pipeline.deliver(lead);
				const [{ lead: kept, ...letter } = { lead: undefined }, ...more] =
					await pipeline.deadLetters();

				expect(failed.answer.status).toBe(202);
				expect(more).toEqual([]);
				expect(letter).toMatchObject({
					...where,
					event_key: `form:${lead.eventId}`,
					correlation_id: failed.journey.trace?.correlationId,
					execution_id: failed.run.id,
				});
				expect(kept).toMatchObject({
					lead: { identity: { email } },
					verification: { ok: true, eventId: lead.eventId },
					score: { value: 90 },
				});
				expect(counts()).toMatchObject({ meetings: 0, messages: 0 });

				pipeline.world.clearFaults();
				const again = await pipeline.deliver(lead);
				expect(again.answer).toMatchObject({ status: 202, body: { status: 'accepted' } });
				expect(counts()).toEqual(oneOfEach);
				expect(await pipeline.deadLetters()).toHaveLength(1);
			},
		);

		it('Slack: the owner is not told, and the dead letter says so', async () => {
			pipeline.world.setFault('slack', { kind: 'error', status: 503 });
			const lead = { persona: 'perfect', eventId: randomUUID() };
			await pipeline.deliver(lead);
			expect(await pipeline.deadLetters()).toMatchObject([
				{
					stage: 'notified',
					event_key: `form:${lead.eventId}`,
					lead: { lead: { identity: { email } }, meeting: { outcome: 'booked' } },
				},
			]);
			expect(counts()).toEqual({ ...oneOfEach, messages: 0 });
			// The hand-off itself is done: a repeat does not do it again.
			expect((await pipeline.deliver(lead)).answer.status).toBe(200);
		});
	});

	it.each<[string, VendorId, string]>([
		['the task', 'hubspot', '/tasks'],
		['the contact', 'hubspot', '/batch/upsert'],
		['the meeting', 'google-calendar', '/events'],
	])('does not double %s when its answer is lost', async (_name, vendor, path) => {
		pipeline.world.setFault(vendor, { kind: 'drop-after-write', path, times: 1 });
		await pipeline.deliver({ persona: 'perfect' });
		const dropped = pipeline.world.calls().filter(({ fault }) => fault === 'drop-after-write');
		expect(dropped).toHaveLength(1);
		expect(counts()).toEqual(oneOfEach);
		expect(await pipeline.deadLetters()).toEqual([]);
	});

	it('the store: 503 with Retry-After, nothing claimed, and a dead letter', async () => {
		const memory = openMemory(pipeline.userFolder);
		await pipeline.deliver({ persona: 'low-score' });
		pipeline.world.reset();
		const lead = { persona: 'perfect', eventId: randomUUID() };
		memory.takeAway();
		try {
			const { answer } = await pipeline.deliver(lead);
			expect(answer.status).toBe(503);
			expect(answer.headers['retry-after']).toBe('30');
		} finally {
			memory.giveBack();
		}
		expect(pipeline.world.calls()).toHaveLength(0);
		expect(await pipeline.deadLetters()).toMatchObject([
			{ event_key: lead.eventId, code: 'STORE_UNAVAILABLE', retryable: true },
		]);
		const again = await pipeline.deliver(lead);
		expect(again.answer).toMatchObject({ status: 202, body: { status: 'accepted' } });
		expect(counts()).toEqual(oneOfEach);
	});

	// The last: with so many failed calls the circuit of the account opens.
	it('keeps every one of six leads, also when there is no table yet', async () => {
		pipeline.world.setFault('hubspot', { kind: 'error', status: 500 });
		const leads = Array.from({ length: 6 }, () => ({
			persona: 'perfect',
			eventId: randomUUID(),
		}));
		await pipeline.deliverAtOnce(leads);
		const kept = (await pipeline.deadLetters()).map(({ event_key }) => event_key);
		expect(kept.sort()).toEqual(leads.map(({ eventId }) => `form:${eventId}`).sort());
	});
});

/** An account of HubSpot of its own, and one second for its answers, so that a silent one does not hold the test up. */
const impatient = (template: Template): Template => ({
	...template,
	nodes: template.nodes.map((node) => {
		if (!node.type.endsWith('.crmUpsert')) return node;
		const options = { ...Object(node.parameters['options']), timeout: 1 };
		const credentials = { hubspotAppToken: { id: null, name: 'HubSpot (unwell)' } };
		return { ...node, credentials, parameters: { ...node.parameters, options } };
	}),
});
