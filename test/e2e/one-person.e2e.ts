import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Template } from '../../sandbox/host/rest';
import { secrets } from '../../sandbox/secrets';
import { openMemory } from './memory';
import { openHost, type TestHost } from './world';

const Messages = z.array(z.object({ channel: z.string(), text: z.string() }));
const Answer = z.looseObject({
	status: z.string(),
	contactId: z.string().optional(),
	entityId: z.string().optional(),
});

const ada = { email: 'Ada.Lang@northwind-robotics.de', name: 'Ada Lang' };

describe('the template of one person', () => {
	let host: TestHost;

	beforeAll(async () => {
		host = await openHost();
		await host.importTemplate('05-one-person');
	});

	beforeEach(() => {
		host.world.reset();
		openMemory(host.userFolder).forget();
	});

	const post = async (path: string, body: object, token: string = secrets.formToken) => {
		const answer = await fetch(`${host.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-form-token': token },
			body: JSON.stringify(body),
		});
		const told = answer.status === 403 ? { status: 'forbidden' } : await answer.json();
		return { code: answer.status, ...Answer.parse(told) };
	};
	const submit = async (fields: object, eventId: string = randomUUID()) =>
		await post('one-person', { ...fields, event_id: eventId });
	/** What Slack got; the sender has its answer before. */
	const told = async () => {
		const messages = () => Messages.parse(host.world.state().slack['messages']);
		for (let tries = 50; tries > 0 && messages().length === 0; tries -= 1) await sleep(100);
		return messages().map(({ text }) => text);
	};

	it('lets nobody in who does not show the header', async () => {
		expect((await post('one-person', ada, 'guessed')).code).toBe(403);
		expect((await post('forget-me', ada, 'guessed')).code).toBe(403);
	});

	it('knows a person by two spellings, and answers a repeat with the first result', async () => {
		const first = await submit(ada, 'form-1');
		expect(first).toMatchObject({ code: 200, status: 'done' });
		const other = { email: 'ada.lang+demo@northwind-robotics.de', name: 'A. Lang' };
		const second = await submit(other);
		expect(second).toMatchObject({ code: 200, status: 'done' });
		expect(second.entityId).toBe(first.entityId);
		// HubSpot makes a second contact of a second address: somebody should merge the two there.
		expect(second.contactId).not.toBe(first.contactId);
		expect(await told()).toEqual([
			expect.stringContaining(`hubspot ${second.contactId}: the person has another id in hubspot`),
		]);
		const { contactId, entityId } = first;
		expect(await submit(ada, 'form-1')).toMatchObject({
			code: 200,
			status: 'duplicate',
			result: { contactId, entityId },
		});
		expect(await told()).toHaveLength(1);
	});

	it('writes a lead that may be somebody known, and asks a human, who settles it', async () => {
		const first = await submit(ada);
		const namesake = { email: 'a.lang@northwind-robotics.de', name: 'Ada Lang' };
		const second = await submit(namesake);
		expect(second).toMatchObject({ code: 200, status: 'done' });
		expect(second.entityId).not.toBe(first.entityId);
		const [asked] = await told();
		expect(asked).toContain(`\`${first.entityId}\``);
		expect(asked).toContain(`\`${second.entityId}\``);

		const decided = { entityId: first.entityId, otherEntityId: second.entityId, decision: 'same' };
		const { workflowId } = await host.importTemplate('05-one-person', (template) => ({
			...template,
			nodes: template.nodes.map((node) =>
				node.name === 'The Two' ? withJson(node, decided) : node,
			),
		}));
		const id = await host.rest.runWorkflow(workflowId, 'By Hand');
		expect((await host.rest.waitForExecution({ id })).status).toBe('success');
		const [one, two] = [await submit(ada), await submit(namesake)];
		expect(two.entityId).toBe(one.entityId);
	});

	it('turns aside what has no address or no id, and says why', async () => {
		expect(await submit({ name: 'Nobody' })).toMatchObject({ code: 422, status: 'invalid' });
		expect(await post('one-person', ada)).toMatchObject({ code: 422, status: 'refused' });
	});

	it('gives the event back when the CRM is away, so that the next attempt is the first', async () => {
		host.world.setFault('hubspot', { kind: 'error' });
		expect((await submit(ada, 'form-2')).code).toBe(503);
		host.world.reset();
		expect(await submit(ada, 'form-2')).toMatchObject({ code: 200, status: 'done' });
	});

	it('forgets who asks, and whom the CRM has deleted', async () => {
		const first = await submit(ada);
		expect(await post('forget-me', { email: 'ada.lang@northwind-robotics.de' })).toMatchObject({
			code: 200,
			status: 'forgotten',
			where: { entityMapPeople: 1 },
		});
		const second = await submit(ada);
		expect(second.entityId).not.toBe(first.entityId);
		const deletion = {
			...{ subscriptionType: 'contact.privacyDeletion', portalId: 1, objectId: second.contactId },
			...{ eventId: 1, occurredAt: Date.now() },
		};
		expect(await post('one-person', deletion)).toMatchObject({
			code: 200,
			status: 'forgotten',
			where: { entityMapPeople: 1 },
		});
		expect(await post('forget-me', {})).toMatchObject({ code: 422, status: 'not forgotten' });
	});
});

const withJson = (node: Template['nodes'][number], value: object) => ({
	...node,
	parameters: { ...node.parameters, jsonOutput: JSON.stringify(value) },
});
