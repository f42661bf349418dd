import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { CompanyQuery, EnrichmentProvider, FieldPath, Lookup } from '../enrichment/port';

export interface Question {
	readonly lead: Lead;
	readonly wanted: readonly FieldPath[];
	/** Epoch ms. */
	readonly deadlineAt: number;
}

export interface CompanyQuestion {
	readonly query: CompanyQuery;
	/** Epoch ms. */
	readonly deadlineAt: number;
}

/** Where items wait a moment for others that ask the same provider for the same fields. */
export interface BulkDesk {
	ask(provider: EnrichmentProvider, question: Question): Promise<Lookup>;
	/** Only of a provider that has `company`. */
	askCompany(provider: EnrichmentProvider, question: CompanyQuestion): Promise<Lookup>;
}

export interface BulkOptions {
	readonly open: (provider: EnrichmentProvider, deadlineAt: number) => Http;
	/** Calls back once whoever asks now has asked: some ms later. */
	readonly soon: (then: () => void) => void;
}

/** One way of asking a provider: about one, and about several at once. */
interface Way<One> {
	readonly provider: EnrichmentProvider;
	/** Questions of one name may share a request. */
	readonly name: string;
	readonly size: number;
	alone(one: One, http: Http): Promise<Lookup>;
	together(all: readonly One[], http: Http): Promise<ReadonlyArray<Lookup | PipelineError>>;
}

interface Waiting<One> {
	readonly one: One;
	readonly deadlineAt: number;
	readonly answer: (answer: Lookup | PipelineError) => void;
	readonly fail: (error: unknown) => void;
}

/** Puts the questions of several items into one request where the provider takes several. */
export function bulkDesk({ open, soon }: BulkOptions): BulkDesk {
	const people = lineOf<Lead>(open, soon);
	const companies = lineOf<CompanyQuery>(open, soon);
	return {
		async ask(provider, { lead, wanted, deadlineAt }) {
			const { bulk } = provider;
			if (!bulk) return await provider.lookup(lead, open(provider, deadlineAt), wanted);
			const way: Way<Lead> = {
				provider,
				name: `${provider.id} ${[...wanted].sort().join(' ')}`,
				size: bulk.size,
				alone: async (one, http) => await provider.lookup(one, http, wanted),
				together: async (all, http) => await bulk.lookup(all, http, wanted),
			};
			return await people(way, lead, deadlineAt);
		},
		async askCompany(provider, { query, deadlineAt }) {
			const { company } = provider;
			if (!company) return { kind: 'no-match', credits: 0 };
			const { bulk } = company;
			if (!bulk || !query.domain) {
				return await company.lookup(query, open(provider, deadlineAt));
			}
			const way: Way<CompanyQuery> = {
				provider,
				name: provider.id,
				size: bulk.size,
				alone: async (one, http) => await company.lookup(one, http),
				together: async (all, http) => await bulk.lookup(all, http),
			};
			return await companies(way, query, deadlineAt);
		},
	};
}

/** Who comes first calls the others together. */
function lineOf<One>(open: BulkOptions['open'], soon: BulkOptions['soon']) {
	const queues = new Map<string, Array<Waiting<One>>>();
	return async (way: Way<One>, one: One, deadlineAt: number): Promise<Lookup> => {
		const answer = await new Promise<Lookup | PipelineError>((done, failed) => {
			const queue = queues.get(way.name) ?? [];
			queue.push({ one, deadlineAt, answer: done, fail: failed });
			if (queue.length > 1) return;
			queues.set(way.name, queue);
			soon(() => {
				queues.delete(way.name);
				void send(way, queue, open);
			});
		});
		if (isPipelineError(answer)) throw answer;
		return answer;
	};
}

async function send<One>(
	way: Way<One>,
	all: ReadonlyArray<Waiting<One>>,
	open: BulkOptions['open'],
) {
	const batches = Array.from({ length: Math.ceil(all.length / way.size) }, (_, index) =>
		all.slice(index * way.size, (index + 1) * way.size),
	);
	await Promise.all(
		batches.map(async (batch) =>
			batch.length === 1 ? await each(way, batch, open) : await together(way, batch, open),
		),
	);
}

async function together<One>(
	way: Way<One>,
	all: ReadonlyArray<Waiting<One>>,
	open: BulkOptions['open'],
) {
	const { provider } = way;
	const http = open(provider, Math.max(...all.map(({ deadlineAt }) => deadlineAt)));
	try {
		const answers = await way.together(
			all.map(({ one }) => one),
			http,
		);
		all.forEach((waiting, place) => {
			const answer = answers[place];
			if (answer) waiting.answer(answer);
			else waiting.fail(short(provider, { got: answers.length, asked: all.length }));
		});
	} catch (error) {
		// One that the provider cannot read must not cost the others their answer, and a key that may ask
		// for one at a time is one that may ask.
		if (isPipelineError(error) && SPOILT.has(error.code)) await each(way, all, open);
		else all.forEach(({ fail }) => fail(error));
	}
}

async function each<One>(
	way: Way<One>,
	all: ReadonlyArray<Waiting<One>>,
	open: BulkOptions['open'],
) {
	await Promise.all(
		all.map(async ({ one, deadlineAt, answer, fail }) => {
			await way.alone(one, open(way.provider, deadlineAt)).then(answer, fail);
		}),
	);
}

const SPOILT: ReadonlySet<string> = new Set(['FIELD_MISMATCH', 'INVALID_INPUT', 'SCOPE_DENIED']);

const short = (
	{ id }: EnrichmentProvider,
	{ got, asked }: Readonly<Record<'got' | 'asked', number>>,
) =>
	new PipelineError('UPSTREAM_UNAVAILABLE', `${id} answered ${got} of ${asked} questions`, {
		vendor: id,
	});
