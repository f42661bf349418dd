import { isPipelineError, PipelineError } from '../../domain/errors';
import type { Lead } from '../../domain/lead';
import type { Http } from '../../runtime/http';
import type { BulkLookup, EnrichmentProvider, FieldPath, Lookup } from '../enrichment/port';

export interface Question {
	readonly lead: Lead;
	readonly wanted: readonly FieldPath[];
	/** Epoch ms. */
	readonly deadlineAt: number;
}

/** Where items wait a moment for others that ask the same provider for the same fields. */
export interface BulkDesk {
	ask(provider: EnrichmentProvider, question: Question): Promise<Lookup>;
}

export interface BulkOptions {
	readonly open: (provider: EnrichmentProvider, deadlineAt: number) => Http;
	/** Calls back once whoever asks now has asked: some ms later. */
	readonly soon: (then: () => void) => void;
}

interface Waiting extends Question {
	readonly answer: (answer: Lookup | PipelineError) => void;
	readonly fail: (error: unknown) => void;
}

/** Puts the questions of several items into one request where the provider takes several. */
export function bulkDesk({ open, soon }: BulkOptions): BulkDesk {
	const queues = new Map<string, Waiting[]>();

	const alone = async (provider: EnrichmentProvider, { lead, wanted, deadlineAt }: Question) =>
		await provider.lookup(lead, open(provider, deadlineAt), wanted);

	const together = async (
		provider: EnrichmentProvider,
		bulk: BulkLookup,
		all: readonly Waiting[],
	) => {
		const leads = all.map(({ lead }) => lead);
		const deadlineAt = Math.max(...all.map((one) => one.deadlineAt));
		const wanted = all[0]?.wanted ?? [];
		try {
			const answers = await bulk.lookup(leads, open(provider, deadlineAt), wanted);
			all.forEach((one, place) => {
				const answer = answers[place];
				if (answer) one.answer(answer);
				else one.fail(short(provider, { got: answers.length, asked: all.length }));
			});
		} catch (error) {
			// One lead that the provider cannot read must not cost the others their answer.
			if (isPipelineError(error) && SPOILT.has(error.code)) await each(provider, all);
			else all.forEach(({ fail }) => fail(error));
		}
	};

	const each = async (provider: EnrichmentProvider, all: readonly Waiting[]) => {
		await Promise.all(
			all.map(async (one) => await alone(provider, one).then(one.answer, one.fail)),
		);
	};

	const send = async (provider: EnrichmentProvider, bulk: BulkLookup, all: readonly Waiting[]) => {
		const batches = Array.from({ length: Math.ceil(all.length / bulk.size) }, (_, index) =>
			all.slice(index * bulk.size, (index + 1) * bulk.size),
		);
		await Promise.all(
			batches.map(async (batch) =>
				batch.length === 1 ? await each(provider, batch) : await together(provider, bulk, batch),
			),
		);
	};

	return {
		async ask(provider, question) {
			const { bulk } = provider;
			if (!bulk) return await alone(provider, question);
			const name = `${provider.id} ${[...question.wanted].sort().join(' ')}`;
			const answer = await new Promise<Lookup | PipelineError>((done, failed) => {
				const queue = queues.get(name) ?? [];
				queue.push({ ...question, answer: done, fail: failed });
				if (queue.length > 1) return;
				queues.set(name, queue);
				soon(() => {
					queues.delete(name);
					void send(provider, bulk, queue);
				});
			});
			if (isPipelineError(answer)) throw answer;
			return answer;
		},
	};
}

const SPOILT: ReadonlySet<string> = new Set(['FIELD_MISMATCH', 'INVALID_INPUT']);

const short = (
	{ id }: EnrichmentProvider,
	{ got, asked }: Readonly<Record<'got' | 'asked', number>>,
) =>
	new PipelineError('UPSTREAM_UNAVAILABLE', `${id} answered ${got} of ${asked} leads`, {
		vendor: id,
	});
