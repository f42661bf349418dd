import { useWorld } from './world';

const at = useWorld();

async function ask(method: string, path: string, body?: unknown) {
	const response = await fetch(`${at.world.controlUrl}${path}`, {
		method,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const json = response.headers.get('content-type') === 'application/json';
	return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text };
}

describe('the control endpoint', () => {
	it('says what can be done', async () => {
		expect((await ask('GET', '/')).body).toContain(`HTTPS_PROXY=${at.world.proxyUrl}`);
		expect((await ask('GET', '/health')).body).toMatchObject({ ok: true });
		expect((await ask('GET', '/personas')).body).toContainEqual(
			expect.objectContaining({ name: 'perfect' }),
		);
	});

	it('sets and clears faults', async () => {
		const fault = { vendor: 'slack', kind: 'latency', ms: 5 };
		expect((await ask('POST', '/faults', fault)).body).toEqual([fault]);
		expect((await ask('DELETE', '/faults?vendor=apollo')).body).toEqual([fault]);
		expect((await ask('DELETE', '/faults')).body).toEqual([]);
	});

	it('explains a wrong fault', async () => {
		const answer = await ask('POST', '/faults', { vendor: 'slack', kind: 'explode' });
		expect(answer.status).toBe(400);
		expect(JSON.stringify(answer.body)).toContain('kind');
		expect((await ask('POST', '/faults', { vendor: 'fax', kind: 'error' })).status).toBe(400);
		expect((await ask('GET', '/nothing')).status).toBe(404);
	});

	it('tells the calls by vendor and time', async () => {
		await at.client.slack('/auth.test');
		await at.client.hunter('/account');
		expect((await ask('GET', '/calls?vendor=slack')).body).toMatchObject([
			{ path: '/api/auth.test' },
		]);
		const later = new Date(Date.now() + 1_000).toISOString();
		expect((await ask('GET', `/calls?since=${later}`)).body).toEqual([]);
	});

	it('shows the state and goes back to the seed', async () => {
		await at.client.slack('/chat.postMessage', { body: { channel: '#sales-leads', text: 'x' } });
		expect((await ask('GET', '/state')).body).toMatchObject({
			slack: { messages: [{ text: 'x' }] },
		});
		await ask('POST', '/reset');
		expect((await ask('GET', '/state')).body).toMatchObject({ slack: { messages: [] } });
		expect(await at.world.calls()).toEqual([]);
	});
});
