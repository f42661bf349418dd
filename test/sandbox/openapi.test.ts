import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { useWorld } from './world';

/** The vendors' own documents are not part of the repository. */
const specs = process.env['SPECS_DIR'] ?? join(__dirname, '../../../shared/specs');
const present = existsSync(specs);
const suite = present ? describe : describe.skip;

suite(present ? 'answers fit the vendors’ documents' : `no vendor documents in ${specs}`, () => {
	const at = useWorld();
	const valid = (spec: string, path: string, method: string, status: number) =>
		validator(spec, [path, method, 'responses', String(status)]);
	const ins = { summary: 'M', start: edge(0), end: edge(30), attendees: [{ email: 'a@b.com' }] };
	const upsert = { inputs: [{ id: 'a@b.com', idProperty: 'email', properties: { city: 'Ulm' } }] };
	const read = { idProperty: 'email', inputs: [{ id: 'helen.marsh@cedarpoint-foods.com' }] };
	const meet = { conferenceData: { createRequest: { requestId: 'r' } } };
	const olivia = '/calendars/olivia.reyes%40acme-handoff.com/events';
	const busy = {
		timeMin: new Date().toISOString(),
		timeMax: new Date(Date.now() + 86_400_000).toISOString(),
		items: [{ id: 'olivia.reyes@acme-handoff.com' }, { id: 'no@where.com' }],
	};

	it.each([
		['hubspot', '2026-09', '/crm/objects/2026-09/contacts/batch/upsert', upsert],
		['hubspot', 'v3', '/crm/v3/objects/contacts/batch/upsert', upsert],
		['hubspot', '2026-09', '/crm/objects/2026-09/contacts/batch/read', read],
		['hubspot', '2026-09', '/crm/objects/2026-09/contacts/search', {}],
		['hubspot', '2026-09', '/crm/properties/2026-09/contacts', undefined],
		['hubspot', '2026-09', '/crm/owners/2026-09', undefined],
	] as const)('%s %s %s', async (_, version, path, body) => {
		const answer = await at.client.hubspot(path, body ? { body } : {});
		const documented = path.replace('/contacts', '/{objectType}');
		const fits = valid(
			`handwritten/hubspot-min-${version}`,
			documented,
			body ? 'post' : 'get',
			answer.status,
		);
		expect(fits(answer.body)).toEqual([]);
	});

	it('refuses as HubSpot documents it', async () => {
		const path = '/crm/objects/2026-09/contacts/batch/upsert';
		const body = { inputs: [{ id: 'a@b.com', idProperty: 'email', properties: { nope: 'x' } }] };
		const answer = await at.client.hubspot(path, { body });
		const documented = path.replace('/contacts', '/{objectType}');
		expect(valid('handwritten/hubspot-min-2026-09', documented, 'post', 400)(answer.body)).toEqual(
			[],
		);
	});

	it('Apollo people/match and organizations/enrich', async () => {
		const email = 'dana.whitfield@northwind-analytics.com';
		const person = await at.client.apollo('/people/match', { body: { email } });
		expect(valid('apollo', '/people/match', 'post', 200)(person.body)).toEqual([]);
		const found = await at.client.apollo('/organizations/enrich?domain=northwind-analytics.com');
		expect(valid('apollo', '/organizations/enrich', 'get', 200)(found.body)).toEqual([]);
	});

	it.each([
		['/email-finder', '?domain=harborline-logistics.com&full_name=Tom+Okafor'],
		['/email-verifier', '?email=tom.okafor@harborline-logistics.com'],
		['/people/find', '?email=tom.okafor@harborline-logistics.com'],
		['/companies/find', '?domain=harborline-logistics.com'],
		['/combined/find', '?email=tom.okafor@harborline-logistics.com'],
	])('Hunter %s', async (path, query) => {
		const answer = await at.client.hunter(`${path}${query}`);
		expect(valid('handwritten/hunter', path, 'get', 200)(answer.body)).toEqual([]);
	});

	it('Google freeBusy and events', async () => {
		const free = await at.client.google('/freeBusy', { body: busy });
		expect(valid('google-calendar', '/freeBusy', 'post', 200)(free.body)).toEqual([]);
		const event = await at.client.google(`${olivia}?conferenceDataVersion=1`, {
			body: { ...ins, ...meet },
		});
		const path = '/calendars/{calendarId}/events';
		expect(valid('google-calendar', path, 'post', 200)(event.body)).toEqual([]);
		const list = await at.client.google(olivia);
		expect(valid('google-calendar', path, 'get', 200)(list.body)).toEqual([]);
	});

	it('Slack chat.postMessage, auth.test', async () => {
		const sent = await at.client.slack('/chat.postMessage', {
			body: { channel: '#sales-leads', text: 'x' },
		});
		expect(valid('slack', '/chat.postMessage', 'post', 200)(sent.body)).toEqual([]);
		const test = await at.client.slack('/auth.test');
		expect(valid('slack', '/auth.test', 'get', 200)(test.body)).toEqual([]);
	});
});

type Node = Record<string, unknown>;

/** What is wrong with an answer, by the response schema at this place of the document. */
function validator(spec: string, place: string[]): (body: unknown) => string[] {
	const document = JSON.parse(readFileSync(join(specs, `${spec}.json`), 'utf8')) as Node;
	const steps = ['paths', ...place, 'content', 'application/json', 'schema'];
	const schema = walk(document, document, steps);
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	const validate = ajv.compile({ ...schema, components: document['components'] });
	return (body) => {
		validate(body);
		return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
	};
}

function walk(document: Node, from: Node, steps: readonly string[]): Node {
	return steps.reduce((node, step) => {
		if (!(step in node)) throw new Error(`There is no ${step} in ${steps.join(' > ')}`);
		const next = node[step] as Node;
		const reference = next['$ref'];
		const referred = typeof reference === 'string' && step !== 'schema';
		return referred ? walk(document, document, reference.split('/').slice(1)) : next;
	}, from);
}

function edge(minutes: number) {
	return { dateTime: new Date(Date.UTC(2030, 0, 7, 15, minutes)).toISOString(), timeZone: 'UTC' };
}
