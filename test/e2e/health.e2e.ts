import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { secrets } from '../../sandbox/secrets';
import { sign } from '../../sandbox/sign';
import { openClient } from '../sandbox/client';
import { openHealth, settingsFor, type Health } from './health';
import type { TestHost } from './world';

const Registrations = z.array(
	z.looseObject({ registration_id: z.string(), webhook_url: z.string() }),
);
const Health = z.object({
	healthy: z.boolean(),
	sources: z.array(
		z.looseObject({
			source: z.string(),
			accepted: z.number(),
			refused: z.number(),
			findings: z.array(z.object({ code: z.string(), message: z.string() })),
		}),
	),
});

describe('the template for subscriptions and health', () => {
	let template: Health;
	let host: TestHost;
	let frontDoor: string;

	beforeAll(async () => {
		template = await openHealth(({ n8n }) => settingsFor(`${n8n.url}/webhook/adobe-events`));
		({ host } = template);
		frontDoor = `${host.n8n.url}/webhook/adobe-events`;
	});

	beforeEach(() => template.forget());

	const run = async (trigger: string) => await template.run(trigger);
	const told = () => template.told();
	const registrations = () => Registrations.parse(host.world.state().adobe['registrations']);
	const health = async (token: string = secrets.healthToken) => {
		const answer = await fetch(`${host.n8n.url}/webhook/webhook-health`, {
			headers: { 'x-health-token': token },
		});
		return { status: answer.status, body: answer.status === 403 ? null : await answer.json() };
	};
	const deliver = async (signedBody: string, body = signedBody) => {
		const headers = sign({ scheme: 'adobe-io', secret: '', body: signedBody, at: Date.now() });
		const answer = await fetch(frontDoor, {
			method: 'POST',
			headers: { 'content-type': 'application/cloudevents+json', ...headers },
			body,
		});
		return answer.status;
	};
	const event = (id: string) =>
		JSON.stringify({
			id,
			type: 'com.adobe.lead',
			time: new Date().toISOString(),
			recipientclientid: secrets.adobeClientId,
		});

	it('makes a registration that is gone again, answers its check, and says so once', async () => {
		expect(registrations()).toEqual([]);
		await run('Every 15 Minutes');
		expect(registrations()).toMatchObject([
			{
				webhook_url: frontDoor,
				webhook_status: 'verified',
				enabled: true,
				client_id: secrets.adobeClientId,
				events_of_interest: [{ provider_id: 'provider-1', event_code: 'lead_created' }],
			},
		]);
		expect(told()).toEqual([
			{
				channel: 'C0HANDOFFOPS',
				text: '*Adobe I/O Events*: the registration was gone. It was made again, and is verified now.',
			},
		]);
		await run('Every 15 Minutes');
		expect([registrations().length, told().length]).toEqual([1, 1]);
	});

	it('switches one on again that was switched off', async () => {
		await run('Every 15 Minutes');
		const [made] = registrations();
		const path = `/events/${secrets.adobeOrg}/project/workspace/registrations`;
		await openClient(host.world).call(`https://api.adobe.io${path}/${made?.registration_id}`, {
			method: 'PUT',
			headers: {
				authorization: `Bearer ${secrets.adobeToken}`,
				'x-api-key': secrets.adobeClientId,
			},
			body: {
				name: 'n8n lead handoff',
				delivery_type: 'webhook',
				webhook_url: frontDoor,
				events_of_interest: [{ provider_id: 'provider-1', event_code: 'lead_created' }],
				enabled: false,
			},
		});
		expect(registrations()).toMatchObject([{ enabled: false }]);
		await run('Every 15 Minutes');
		expect(registrations()).toMatchObject([
			{ registration_id: made?.registration_id, enabled: true },
		]);
		expect(told().at(-1)?.text).toMatch(/was disabled\. It was switched on again/);
	});

	it('tells that the sender could not be asked', async () => {
		host.world.setFault('adobe', { kind: 'error', path: '/registrations' });
		await run('Every 15 Minutes');
		expect(registrations()).toEqual([]);
		expect(told()).toHaveLength(1);
		expect(told()[0]?.text).toMatch(/could not be checked or repaired: ./);
	}, 60_000);

	it('answers a monitor 503 with the reason, and 200 once all is well', async () => {
		expect((await health('wrong')).status).toBe(403);
		const unwell = await health();
		expect(unwell.status).toBe(503);
		expect(Health.parse(unwell.body)).toMatchObject({
			healthy: false,
			sources: [{ source: 'adobe-io', findings: [{ code: 'SILENT' }] }],
		});
		expect(await deliver(event('evt-1'))).toBe(200);
		const well = await health();
		expect([well.status, Health.parse(well.body)]).toMatchObject([
			200,
			{ healthy: true, sources: [{ accepted: 1, refused: 0, findings: [] }] },
		]);
	});

	it('tells Slack once what is wrong, in words', async () => {
		expect(await deliver(event('evt-2'))).toBe(200);
		await run('Every Hour');
		expect(told()).toEqual([]);
		for (let forged = 0; forged < 9; forged += 1) {
			const body = event(`evt-forged-${forged}`);
			expect(await deliver(body, body.replace('lead', 'load'))).toBe(401);
		}
		const hour = new Date().getUTCHours();
		await run('Every Hour');
		expect(told().map(({ text }) => text)).toEqual([
			'*Webhooks from adobe-io* are unwell: 9 of 10 deliveries (90 %) were refused, mostly MISMATCH. Compare the secret in the credential with the one at the sender.',
		]);
		await sleep(10);
		await run('Every Hour');
		expect(told()).toHaveLength(new Date().getUTCHours() === hour ? 1 : 2);
		expect((await health()).status).toBe(503);
	});
});
