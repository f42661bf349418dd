import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCallbacks } from '../../sandbox/callbacks';
import { loadPersonas } from '../../sandbox/personas';
import { secrets } from '../../sandbox/secrets';
import { team } from '../../sandbox/team';
import { openFullEnrich } from '../../sandbox/vendors/fullenrich';

interface Delivery {
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A receiver that is away for the first deliveries. */
async function receiver(away: number) {
	const seen: Delivery[] = [];
	let arrived: (() => void) | undefined;
	const taken = new Promise<void>((resolve) => (arrived = resolve));
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request.setEncoding('utf8')) body += chunk;
		seen.push({ headers: request.headers, body });
		const ok = seen.length > away;
		response.writeHead(ok ? 204 : 503).end();
		if (ok) arrived?.();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { seen, taken, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
}

describe('callbacks', () => {
	it('are posted as the vendor signs them, when they are due, until they are taken', async () => {
		const hook = await receiver(1);
		let now = 1_800_000_000_000;
		const vendor = openFullEnrich({ personas: loadPersonas(), team, secrets, now: () => now });
		const contact = {
			linkedin_url: 'https://www.linkedin.com/in/dana-whitfield',
			enrich_fields: ['contact.work_emails'],
		};
		const started = await vendor.handle({
			method: 'POST',
			host: 'app.fullenrich.com',
			path: '/api/v2/contact/enrich/bulk',
			query: new URLSearchParams(),
			headers: {
				authorization: `Bearer ${secrets.fullenrichKey}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ name: 'x', webhook_url: hook.url, data: [contact] }),
		});
		expect(started.status).toBe(200);
		expect(vendor.callbacks?.()).toEqual([]);
		now += 60_000;
		const callbacks = startCallbacks([vendor]);
		await hook.taken;
		callbacks.stop();
		hook.close();
		expect(hook.seen).toHaveLength(2);
		expect(hook.seen[0]?.body).toBe(hook.seen[1]?.body);
		const { headers, body } = hook.seen[1]!;
		const signature = createHmac('sha1', secrets.fullenrichKey).update(body).digest('hex');
		expect(headers['x-signature-sha1']).toBe(signature);
		expect(JSON.parse(body)).toMatchObject({ status: 'FINISHED', cost: { credits: 1 } });
	});
});
