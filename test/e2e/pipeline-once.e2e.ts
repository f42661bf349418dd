import { randomUUID } from 'node:crypto';
import { secrets } from '../../sandbox/secrets';
import { formEvent } from '../../sandbox/send-lead';
import { loadPersonas, personaNamed } from '../../sandbox/personas';
import { sign } from '../../sandbox/sign';
import { leftBehindBy } from './left-behind';
import { openPipeline, type Pipeline } from './pipeline';

const email = 'dana.whitfield@northwind-analytics.com';
const HOUR_MS = 3_600_000;

describe('what may come in', () => {
	let pipeline: Pipeline;

	beforeAll(async () => {
		pipeline = await openPipeline();
	});

	beforeEach(() => pipeline.forgetAll());

	/** A delivery as the sender signed it, so that a test can spoil it on the way. */
	const signed = (at = Date.now()) => {
		const event = formEvent(personaNamed(loadPersonas(), 'perfect'), at, randomUUID());
		const body = JSON.stringify(event);
		const headers = sign({
			scheme: 'standard-webhooks',
			secret: secrets.webhookSecret,
			id: String(event['eventId']),
			body,
			at,
		});
		return { body, headers };
	};

	const post = async (body: string, headers: Record<string, string>) => {
		const { status } = await fetch(pipeline.webhookUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
		});
		return status;
	};

	describe('a delivery that its sender did not sign so', () => {
		it.each<[string, () => Promise<number>]>([
			[
				'with another secret',
				() =>
					pipeline.deliver({ persona: 'perfect', forge: true }).then(({ answer }) => answer.status),
			],
			[
				'with one byte changed',
				() => {
					const { body, headers } = signed();
					return post(body.replace('Dana', 'Dina'), headers);
				},
			],
			[
				'an hour ago',
				() => {
					const { body, headers } = signed(Date.now() - HOUR_MS);
					return post(body, headers);
				},
			],
			['not at all', () => post(signed().body, {})],
			[
				'under another id',
				() => {
					const { body, headers } = signed();
					return post(body, { ...headers, 'webhook-id': randomUUID() });
				},
			],
		])('%s: 401, and no vendor hears of it', async (_name, send) => {
			expect(await send()).toBe(401);
			await pipeline.settled();
			expect(pipeline.world.calls()).toHaveLength(0);
			expect(await pipeline.deadLetters()).toEqual([]);
		});
	});

	it('lets the untouched one in', async () => {
		const { body, headers } = signed();
		expect(await post(body, headers)).toBe(202);
		await pipeline.settled();
		expect(leftBehindBy(pipeline.world, email).meetings).toHaveLength(1);
	});

	it('works once on an event that is delivered 20 times at once, and answers a repeat with the result', async () => {
		const eventId = randomUUID();
		const lead = { persona: 'perfect', eventId };
		const startedAt = Date.now();
		const delivered = await pipeline.deliverAtOnce(Array.from({ length: 20 }, () => lead));
		console.log(
			`20 deliveries of one event: ${Date.now() - startedAt} ms until all runs had ended`,
		);

		const answers = delivered.map(({ answer }) => `${answer.status} ${statusOf(answer.body)}`);
		expect(answers.filter((answer) => answer === '202 accepted')).toHaveLength(1);
		const others = answers.filter((answer) => answer !== '202 accepted');
		expect(
			others.filter((answer) => /^(202 in progress|200 duplicate)$/.test(answer)),
		).toHaveLength(19);
		const { contacts, tasks, meetings, messages } = leftBehindBy(pipeline.world, email);
		expect([contacts, tasks, meetings, messages].map((list) => list.length)).toEqual([1, 1, 1, 1]);

		const repeat = await pipeline.deliver(lead);
		expect(repeat.answer).toMatchObject({
			status: 200,
			body: {
				status: 'duplicate',
				result: {
					contactId: contacts[0]?.id,
					owner: meetings[0]?.calendarId,
					meeting: meetings[0]?.start.dateTime,
				},
			},
		});
		expect(await pipeline.deadLetters()).toEqual([]);
	});

	describe('a signed delivery that is no lead', () => {
		it('without an address: 422 with the field, and a dead letter', async () => {
			const eventId = randomUUID();
			const payload = { event: 'webform_submitted', eventId, fields: { firstName: 'Dana' } };
			const { answer, run } = await pipeline.deliver({ payload });
			expect(answer).toMatchObject({ status: 422, body: { status: 'invalid' } });
			expect(JSON.stringify(answer.body)).toContain('"field":"email"');
			expect(await pipeline.deadLetters()).toEqual([
				expect.objectContaining({
					event_key: eventId,
					stage: 'normalized',
					code: 'INVALID_INPUT',
					message: expect.stringContaining('email'),
					retryable: false,
					execution_id: run.id,
				}),
			]);
			expect(pipeline.world.calls()).toHaveLength(0);
		});

		it.each([
			// n8n itself refuses it, before any node runs.
			['not JSON', 'this is { not JSON', []],
			['a list', '["a","list"]', [{ code: 'INVALID_INPUT' }]],
			['nothing', '', [{ code: 'INVALID_INPUT' }]],
		])('%s: 422, and the next lead is served', async (_name, body, letters) => {
			const at = Date.now();
			const { webhookSecret: secret } = secrets;
			const headers = sign({ scheme: 'standard-webhooks', secret, body, at, id: randomUUID() });
			expect(await post(body, headers)).toBe(422);
			await pipeline.settled();
			expect(await pipeline.deadLetters()).toMatchObject(letters);
			expect(pipeline.world.calls()).toHaveLength(0);
			expect((await pipeline.deliver({ persona: 'perfect' })).answer.status).toBe(202);
		});
	});
});

const statusOf = (body: unknown): unknown => Object(body)['status'];
