import { isPipelineError } from '../../../domain/errors';
import { nextBatchSize, type BatchPolicy } from '../../../runtime/policies/adaptive-batch';
import { Refusal } from './refusal';

/** HubSpot takes 100 records a call; one that labours is given fewer, until it is quick again. */
const BATCHES: BatchPolicy = { min: 10, max: 100, step: 20, fastMs: 3_000, slowMs: 8_000 };

type Answers<O> = Array<O | Error>;
type Run<I, O> = (inputs: readonly I[]) => Promise<Answers<O>>;

export interface Batching<I> {
	/** Epoch ms. Default: the clock. */
	readonly now?: () => number;
	/** The inputs that a refusal of the batch certainly concerns; none when it cannot be told. */
	culprits?(refusal: Refusal, inputs: readonly I[]): readonly I[];
}

/** One answer or error per input, in order. When HubSpot cannot be asked at all, the rest is not tried. */
export async function inBatches<I, O>(
	inputs: readonly I[],
	run: Run<I, O>,
	batching: Batching<I> = {},
): Promise<Answers<O>> {
	const { now = Date.now } = batching;
	const answers: Answers<O> = [];
	let size = BATCHES.max;
	while (answers.length < inputs.length) {
		const batch = inputs.slice(answers.length, answers.length + size);
		const from = now();
		const part = await isolate(batch, run, batching);
		answers.push(...part);
		const down = part[0];
		if (down instanceof Error && part.every(isOutage)) {
			return [...answers, ...inputs.slice(answers.length).map(() => down)];
		}
		const outcome = { size: batch.length, tookMs: now() - from, throttled: part.some(isThrottled) };
		size = nextBatchSize(BATCHES, size, outcome);
	}
	return answers;
}

const isThrottled = (answer: unknown) => isPipelineError(answer) && answer.code === 'RATE_LIMITED';

/** HubSpot rejects a whole batch for one bad record: put the bad ones aside, or halve, until the good ones are through. */
async function isolate<I, O>(
	inputs: readonly I[],
	run: Run<I, O>,
	batching: Batching<I>,
): Promise<Answers<O>> {
	try {
		return await run(inputs);
	} catch (thrown) {
		const error = thrown instanceof Error ? thrown : new Error(String(thrown));
		if (!isRecordRefusal(error) || inputs.length === 1) return inputs.map(() => error);
		const named = new Set(batching.culprits?.(error, inputs));
		const rest = inputs.filter((input) => !named.has(input));
		const answers = named.size
			? await parts(rest.length ? [rest] : [], run, batching)
			: await parts(halves(inputs), run, batching);
		const queue = answers.values();
		return inputs.map((input) => {
			const next = named.has(input) ? undefined : queue.next();
			return !next || next.done ? error : next.value;
		});
	}
}

async function parts<I, O>(lists: ReadonlyArray<readonly I[]>, run: Run<I, O>, how: Batching<I>) {
	const answers: Answers<O> = [];
	for (const list of lists) answers.push(...(await isolate(list, run, how)));
	return answers;
}

function halves<I>(inputs: readonly I[]) {
	const middle = Math.ceil(inputs.length / 2);
	return [inputs.slice(0, middle), inputs.slice(middle)];
}

const isOutage = (answer: unknown) => answer instanceof Error && !isRecordRefusal(answer);

/** About the record, and not about the account, the credential or the network. */
const isRecordRefusal = (error: Error): error is Refusal =>
	error instanceof Refusal && (error.code === 'FIELD_MISMATCH' || error.code === 'CONFLICT');
