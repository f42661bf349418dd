import {
	httpClient,
	type Http,
	type HttpRequest,
	type HttpResponse,
} from '../../../lib/runtime/http';
import { PipelineError } from '../../../lib/domain/errors';

export interface Call {
	readonly method: string;
	readonly path: string;
	readonly body: Body;
}

/** What our calls carry, of all the kinds together. */
export interface Body {
	readonly idProperty: string;
	readonly properties: string[] & Record<string, string>;
	readonly inputs: ReadonlyArray<{
		readonly id: string;
		readonly idProperty?: string;
		readonly properties: Record<string, string>;
		readonly objectWriteTraceId: string;
	}>;
	readonly filterGroups: ReadonlyArray<{
		readonly filters: ReadonlyArray<{ readonly value: string }>;
	}>;
	readonly associations: ReadonlyArray<{
		readonly to: { readonly id: string };
		readonly types: unknown;
	}>;
}

interface Row {
	id: string;
	properties: Record<string, string | null>;
}

const KNOWN = new Set([
	'email',
	'firstname',
	'lastname',
	'phone',
	'jobtitle',
	'company',
	'website',
	'industry',
	'annualrevenue',
	'city',
	'country',
	'lifecyclestage',
	'hs_lead_status',
	'hubspot_owner_id',
	'lead_score',
	'original_source',
	'hs_additional_emails',
]);
const STATUSES = ['NEW', 'OPEN'];

/** A strict stand-in for HubSpot, with its error bodies: a whole batch fails for one bad record. */
export class FakeHubSpot {
	readonly calls: Call[] = [];
	readonly contacts: Row[] = [];
	readonly tasks: Array<Row & { contact: string }> = [];
	/** Answers in the place of the real one, first in first out, by a part of the path. */
	readonly faults: Array<{ path: string; answer: HttpResponse | 'lost' | 'lost after the write' }> =
		[];
	/** Whether the search index knows the tasks already. */
	indexed = true;
	private ids = 100;

	readonly http: Http = httpClient(async (request) => this.answer(request), {
		vendor: 'hubspot',
		sleep: async () => {},
		now: () => 1_000,
		random: () => 0,
	});

	contact(properties: Record<string, string>): Row {
		const row = { id: String((this.ids += 1)), properties };
		this.contacts.push(row);
		return row;
	}

	paths = () => this.calls.map(({ path }) => path);

	answer(request: HttpRequest): HttpResponse {
		const path = new URL(request.url).pathname;
		const body = JSON.parse(JSON.stringify(request.body ?? {})) as Body;
		this.calls.push({ method: request.method, path, body });
		const index = this.faults.findIndex((fault) => path.includes(fault.path));
		const fault = index < 0 ? undefined : this.faults.splice(index, 1)[0]?.answer;
		if (fault === 'lost') throw new PipelineError('TIMEOUT', 'hubspot did not answer');
		if (fault && fault !== 'lost after the write') return fault;
		const answer = this.route(path, body, request);
		if (fault) throw new PipelineError('TIMEOUT', 'hubspot did not answer');
		return answer;
	}

	private route(path: string, body: Body, { query }: HttpRequest): HttpResponse {
		if (path.endsWith('/contacts/batch/read')) return this.read(body);
		if (path.endsWith('/contacts/batch/upsert')) return this.write(body, 'upsert');
		if (path.endsWith('/contacts/batch/update')) return this.write(body, 'update');
		if (path.endsWith('/tasks/search')) return this.search(body);
		if (path.endsWith('/tasks/batch/read')) return ok({ results: this.tasks });
		if (path.endsWith('/tasks')) return this.createTask(body);
		if (path.includes('/properties/')) return ok({ results: DEFINITIONS });
		if (path.includes('/owners')) {
			const first = !query?.['after'];
			return ok({
				results: [
					{
						id: first ? '1' : '2',
						email: `${first ? 'a' : 'b'}@x.co`,
						firstName: 'A',
						lastName: null,
					},
				],
				...(first && { paging: { next: { after: '1' } } }),
			});
		}
		if (path.startsWith('/account-info/'))
			return ok({ portalId: 4242, uiDomain: 'app-eu1.hubspot.com' });
		if (/\/contacts\/\d+$/.test(path)) {
			const results = this.tasks
				.filter(({ contact }) => path.endsWith(`/${contact}`))
				.map(({ id }) => ({ id }));
			return ok({ id: '1', properties: {}, associations: { tasks: { results } } });
		}
		return { status: 404, headers: {}, body: { message: `no ${path}` } };
	}

	private find = (email: string) =>
		this.contacts.find(({ properties }) =>
			[properties['email'], ...(properties['hs_additional_emails']?.split(';') ?? [])].includes(
				email,
			),
		);

	private read(body: Body): HttpResponse {
		expect(body.idProperty).toBe('email');
		expect(body.inputs.length).toBeLessThanOrEqual(100);
		const rows = new Set(body.inputs.map(({ id }) => this.find(id)).filter(Boolean)) as Set<Row>;
		const missing = body.inputs.map(({ id }) => id).filter((id: string) => !this.find(id));
		const results = [...rows].map((row) => ({
			id: row.id,
			properties: Object.fromEntries(
				body.properties.map((name: string) => [name, row.properties[name] ?? null]),
			),
		}));
		const error = {
			status: 'error',
			category: 'OBJECT_NOT_FOUND',
			message: 'Could not get some CONTACT objects',
			context: { ids: missing },
		};
		return missing.length
			? {
					status: 207,
					headers: {},
					body: { status: 'COMPLETE', results, numErrors: 1, errors: [error] },
				}
			: ok({ status: 'COMPLETE', results });
	}

	private write(body: Body, verb: 'upsert' | 'update'): HttpResponse {
		expect(body.inputs.length).toBeLessThanOrEqual(100);
		const ids = body.inputs.map(({ id }) => id);
		if (new Set(ids).size < ids.length) return refused('Duplicate IDs found in batch input');
		const problems = body.inputs.flatMap(({ properties }) =>
			Object.entries(properties).flatMap(problemOf),
		);
		if (problems.length)
			return refused(`Property values were not valid: ${JSON.stringify(problems)}`);
		const results = body.inputs.map(({ id, idProperty, properties, objectWriteTraceId }) => {
			expect(idProperty).toBe(verb === 'upsert' ? 'email' : undefined);
			const known = verb === 'upsert' ? this.find(id) : this.contacts.find((row) => row.id === id);
			const row = known ?? this.contact({ email: id });
			Object.assign(row.properties, properties);
			return { id: row.id, properties: row.properties, objectWriteTraceId, new: !known };
		});
		// Results come in any order.
		return ok({ status: 'COMPLETE', results: results.reverse() });
	}

	private search(body: Body): HttpResponse {
		const token = body.filterGroups[0]?.filters[0]?.value ?? '';
		const results = this.indexed
			? this.tasks.filter((task) => task.properties['hs_task_body']?.includes(token))
			: [];
		return ok({ total: results.length, results });
	}

	private createTask(body: Body): HttpResponse {
		const [link] = body.associations;
		expect(link?.types).toEqual([
			{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 204 },
		]);
		const task = {
			id: String((this.ids += 1)),
			properties: body.properties,
			contact: link?.to.id ?? '',
		};
		this.tasks.push(task);
		return { status: 201, headers: {}, body: { id: task.id, properties: task.properties } };
	}
}

export const ok = (body: unknown): HttpResponse => ({ status: 200, headers: {}, body });

export const refused = (message: string): HttpResponse => ({
	status: 400,
	headers: {},
	body: { status: 'error', message, correlationId: 'c-1', category: 'VALIDATION_ERROR' },
});

function problemOf([name, value]: [string, unknown]) {
	if (!KNOWN.has(name)) {
		return [
			{
				isValid: false,
				message: `Property "${name}" does not exist`,
				error: 'PROPERTY_DOESNT_EXIST',
				name,
			},
		];
	}
	if (name === 'hs_lead_status' && !STATUSES.includes(String(value))) {
		const message = `${String(value)} was not one of the allowed options: [${STATUSES.join(', ')}]`;
		return [{ isValid: false, message, error: 'INVALID_OPTION', name }];
	}
	if (name === 'phone' && value === 'bad') {
		return [{ isValid: false, message: 'Phone number is not valid', error: 'INVALID_PHONE', name }];
	}
	return [];
}

const DEFINITIONS = [
	{ name: 'email', label: 'Email', type: 'string', fieldType: 'text' },
	{ name: 'lead_score', label: 'Lead Score', type: 'number', fieldType: 'number' },
	{ name: 'original_source', label: 'Original Source', type: 'string', fieldType: 'text' },
	{
		name: 'createdate',
		label: 'Created',
		type: 'datetime',
		modificationMetadata: { readOnlyValue: true },
	},
	{
		name: 'hs_lead_status',
		label: 'Lead Status',
		type: 'enumeration',
		fieldType: 'radio',
		options: [
			{ value: 'OPEN', label: 'Open', displayOrder: 2 },
			{ value: 'NEW', label: 'New', displayOrder: 1 },
		],
	},
];
