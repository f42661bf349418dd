import { z } from 'zod';
import type { RunData } from './host/rest';

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const local = z.looseObject({ timezone: text, local: text, name: text, email: text });
const named = z.looseObject({ name: text, email: text, timezone: text });

/** What the nodes have added to a lead. Read leniently: any part may be absent or cut short. */
const shapes = {
	verification: z.looseObject({
		ok: flag,
		scheme: text,
		eventId: text,
		ageMs: number,
		reason: text,
	}),
	lead: z.looseObject({
		identity: z.looseObject({ email: text }).optional().catch(undefined),
		person: z
			.looseObject({ firstName: text, lastName: text, fullName: text, title: text })
			.optional()
			.catch(undefined),
		company: z.looseObject({ name: text }).optional().catch(undefined),
	}),
	dedupe: z.looseObject({ outcome: text, key: text }),
	enrichment: z.looseObject({
		status: text,
		filled: z
			.record(z.string(), z.looseObject({ provider: text }))
			.optional()
			.catch(undefined),
		missing: z.array(z.string()).optional().catch(undefined),
		steps: z
			.array(z.looseObject({ provider: text, outcome: text, durationMs: number, credits: number }))
			.optional()
			.catch(undefined),
	}),
	score: z.looseObject({
		value: number,
		threshold: number,
		band: text,
		rules: z
			.array(z.looseObject({ name: text, awarded: number, points: number, matched: flag }))
			.optional()
			.catch(undefined),
	}),
	route: z.looseObject({
		outcome: text,
		pool: text,
		owner: named.optional().catch(undefined),
		reason: text,
		sla: z.looseObject({ minutes: number, dueAt: text }).optional().catch(undefined),
	}),
	crm: z.looseObject({
		system: text,
		recordId: text,
		operation: text,
		task: z.looseObject({ taskId: text, operation: text }).optional().catch(undefined),
	}),
	meeting: z.looseObject({
		outcome: text,
		provider: text,
		startAt: text,
		owner: local.optional().catch(undefined),
		lead: local.optional().catch(undefined),
		joinUrl: text,
		repeated: flag,
	}),
	trace: z.looseObject({
		correlationId: text,
		stages: z
			.array(z.looseObject({ stage: z.string(), at: z.string(), note: text }))
			.optional()
			.catch(undefined),
	}),
};

const lenient = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

export const Journey = z.object({
	verification: lenient(shapes.verification),
	lead: lenient(shapes.lead),
	dedupe: lenient(shapes.dedupe),
	enrichment: lenient(shapes.enrichment),
	score: lenient(shapes.score),
	route: lenient(shapes.route),
	crm: lenient(shapes.crm),
	meeting: lenient(shapes.meeting),
	trace: lenient(shapes.trace),
});

export type Journey = z.infer<typeof Journey>;

/** What a failed item carries to a node's error output. */
const Caught = z.looseObject({ failure: z.looseObject({ message: z.string() }) });

export interface NodeFailure {
	readonly node: string;
	readonly message: string;
}

/** The last value of each namespace that any node of an execution put out, in execution order. */
export function collectJourney(runData: RunData): Journey {
	const seen: Record<string, unknown> = {};
	for (const { run } of inOrder(runData)) {
		for (const output of run.data?.['main'] ?? []) {
			for (const { json } of output ?? []) Object.assign(seen, json);
		}
	}
	return Journey.parse(seen);
}

/** Every failure once, by the node where it began, also where the workflow caught and went on. */
export function collectFailures(runData: RunData): NodeFailure[] {
	const failures = new Map<string, NodeFailure>();
	for (const { node, run } of inOrder(runData)) {
		const items = (run.data?.['main'] ?? []).flatMap((output) => output ?? []);
		const caught = items.map(({ json }) => Caught.safeParse(json).data?.failure.message);
		const thrown = run.error && (run.error.description || run.error.message);
		for (const message of [thrown, ...caught]) {
			if (message && !failures.has(message)) failures.set(message, { node, message });
		}
	}
	return [...failures.values()];
}

function inOrder(runData: RunData) {
	return Object.entries(runData)
		.flatMap(([node, runs]) => runs.map((run) => ({ node, run })))
		.sort((a, b) => a.run.executionIndex - b.run.executionIndex);
}
