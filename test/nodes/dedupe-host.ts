import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Dedupe } from '../../nodes/Dedupe/Dedupe.node';

export interface Execution {
	/** The items of each output. */
	readonly outputs: IDataObject[][];
	/** What n8n does when the run ends: it has succeeded, or failed with this. */
	end(error?: Error): Promise<void>;
	readonly warnings: string[];
}

interface HostOptions {
	readonly executionId?: string;
	readonly signal?: AbortSignal;
	/** As an n8n that does not tell a node when the execution ends. */
	readonly tellsNoEnd?: boolean;
	/** The node's _On Error_ is _Stop Workflow_: the first item that fails fails it. */
	readonly stopsOnError?: boolean;
}

/** Executions end, whatever a test asks of them: a heart that beats on would outlive its test file. */
const running = new Set<Execution>();
afterEach(async () => {
	for (const execution of running) await execution.end().catch(() => undefined);
	running.clear();
});

/** n8n, as far as this node sees it. Parameters are found by their path, as n8n finds them. */
export async function execute(
	leads: readonly IDataObject[],
	parameters: IDataObject,
	{ executionId = '1', signal, tellsNoEnd, stopsOnError }: HostOptions = {},
): Promise<Execution> {
	const endings: Array<() => unknown> = [];
	const warnings: string[] = [];
	const runExecutionData = { resultData: { error: undefined as Error | undefined } };
	const context = {
		runExecutionData,
		getNode: () => ({ name: 'Dedupe', type: 'n8n-nodes-lead-handoff.dedupe', parameters }),
		getWorkflow: () => ({ id: 'w1' }),
		getExecutionId: () => executionId,
		getExecutionCancelSignal: () => signal,
		getInputData: () => leads.map((json) => ({ json })),
		continueOnFail: () => !stopsOnError,
		logger: { warn: (message: string) => warnings.push(message) },
		getNodeParameter: (name: string, index: number, fallback: unknown) => {
			const found = name
				.split('.')
				.reduce<unknown>((at, key) => (at as IDataObject | undefined)?.[key], parameters);
			return typeof found === 'function' ? found(leads[index]) : (found ?? fallback);
		},
		...(!tellsNoEnd && { onExecutionFinish: (work: () => unknown) => void endings.push(work) }),
	};
	const outputs = await new Dedupe().execute.call(context as unknown as IExecuteFunctions);
	const execution: Execution = {
		outputs: outputs.map((items) => items.map(({ json }) => json)),
		warnings,
		async end(error) {
			running.delete(execution);
			runExecutionData.resultData.error = error;
			for (const work of endings) await work();
		},
	};
	running.add(execution);
	return execution;
}

export const event = (id: string, email = 'ada@example.com') => ({
	lead: { source: { system: 'form', eventId: id }, identity: { email } },
});

export const outcomes = (items: readonly IDataObject[] = [], space = 'dedupe') =>
	items.map((item) => (item[space] as IDataObject | undefined)?.['outcome']);
