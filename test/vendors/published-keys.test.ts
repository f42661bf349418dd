import type { RequestListener } from 'node:http';
import { httpClient, type Send } from '../../lib/runtime/http';
import { keyShelf, publishedKeys } from '../../lib/vendors/published-keys';
import { plainSite, type Site } from '../runtime/send/tls-world';

const HOUR = 3_600_000;
let site: Site;
let answer: RequestListener;
const asked: string[] = [];

beforeAll(async () => {
	site = await plainSite((request, response) => {
		asked.push(request.url ?? '');
		answer(request, response);
	});
});
afterAll(() => site.close());
beforeEach(() => {
	asked.length = 0;
	answer = (request, response) => void response.end(`key of ${request.url}`);
});

const byFetch: Send = async ({ url, method }) => {
	const response = await fetch(url, { method });
	return { status: response.status, headers: {}, body: await response.text() };
};

function shelf() {
	const at = { now: Date.parse('2026-03-02T12:00:00Z') };
	const http = httpClient(byFetch, {
		vendor: 'adobe-io',
		retry: { tries: 1, baseMs: 1, maxMs: 1 },
	});
	const keys = publishedKeys(http, { shelf: keyShelf(), now: () => at.now });
	const text = async (path: string, freshAfter?: number) => {
		const url = `${site.url}${path}`;
		return (await keys.get([url], freshAfter)).get(url);
	};
	return { at, keys, text };
}

it('fetches a key once a day', async () => {
	const { at, text } = shelf();
	expect(await text('/a')).toBe('key of /a');
	at.now += 24 * HOUR - 1;
	expect(await text('/a')).toBe('key of /a');
	expect(asked).toEqual(['/a']);
	at.now += 1;
	await text('/a');
	expect(asked).toEqual(['/a', '/a']);
});

it('fetches it again for whoever wants a fresher one', async () => {
	const { at, text } = shelf();
	await text('/a');
	at.now += 60_000;
	await text('/a', at.now - 60_001);
	expect(asked).toHaveLength(1);
	await text('/a', at.now - 60_000);
	expect(asked).toHaveLength(2);
});

it('asks once for all who ask at the same time', async () => {
	const { keys } = shelf();
	const urls = [`${site.url}/a`, `${site.url}/b`];
	const found = await Promise.all([keys.get(urls), keys.get(urls), keys.get(urls)]);
	expect(found[2]?.get(`${site.url}/b`)).toBe('key of /b');
	expect([...asked].sort()).toEqual(['/a', '/b']);
});

it.each([403, 404, 410])('takes %d for "no such key", and remembers nothing', async (status) => {
	const { text } = shelf();
	answer = (_, response) => void response.writeHead(status).end('gone');
	expect(await text('/a')).toBe('');
	answer = (_, response) => void response.end('there now');
	expect(await text('/a')).toBe('there now');
});

it('fails when the sender cannot be asked, and asks again next time', async () => {
	const { text } = shelf();
	answer = (_, response) => void response.writeHead(500).end();
	await expect(text('/a')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
	answer = (_, response) => void response.end('back');
	expect(await text('/a')).toBe('back');
});

it('a forger who names many keys pushes none out that is real', async () => {
	const { text } = shelf();
	await text('/real');
	answer = (_, response) => void response.writeHead(404).end();
	for (let guess = 0; guess < 60; guess += 1) await text(`/guess-${guess}`);
	asked.length = 0;
	expect(await text('/real')).toBe('key of /real');
	expect(asked).toEqual([]);
});

it('a flood of names becomes no flood of calls, and does not touch what is known', async () => {
	const { text } = shelf();
	await text('/real');
	const held: Array<() => void> = [];
	answer = (_, response) => void held.push(() => response.writeHead(404).end());
	const guesses = Array.from({ length: 20 }, (_, guess) => text(`/guess-${guess}`));
	await expect(text('/one-more')).rejects.toMatchObject({
		code: 'UPSTREAM_UNAVAILABLE',
		retryable: true,
	});
	const joined = text('/guess-0');
	expect(await text('/real')).toBe('key of /real');
	while (held.length < 20) await new Promise(setImmediate);
	held.forEach((end) => end());
	expect(await Promise.all([...guesses, joined])).toEqual(Array(21).fill(''));
	answer = (_, response) => void response.end('there');
	expect(await text('/one-more')).toBe('there');
});

it('keeps the last 50', async () => {
	const { text } = shelf();
	for (let key = 0; key < 51; key += 1) await text(`/${key}`);
	asked.length = 0;
	await text('/50');
	await text('/1');
	expect(asked).toEqual([]);
	await text('/0');
	expect(asked).toEqual(['/0']);
});
