/** One stage that a lead has passed. */
export interface Stage {
	readonly stage: string;
	/** ISO 8601, UTC. */
	readonly at: string;
	/** One line for a person: what was decided and why. */
	readonly note?: string;
}

/** Travels with the lead under `trace`. */
export interface Trace {
	/** The same in every log line, vendor call and record of this lead. */
	readonly correlationId: string;
	readonly stages: readonly Stage[];
}

/** Undefined where there is no trace yet, or one that somebody has emptied. */
export function correlationIdOf(trace: unknown): string | undefined {
	const { correlationId } = (trace ?? {}) as Partial<Trace>;
	return typeof correlationId === 'string' && correlationId ? correlationId : undefined;
}

/** Leads that came in one delivery go on apart: the first keeps the id, the others get its number behind it. */
export const ownCorrelationId = (correlationId: string, position: number): string =>
	position === 0 ? correlationId : `${correlationId}-${position + 1}`;

/** The trace with one stage more. The correlation id is set once and kept. */
export function stamp(trace: unknown, stage: Stage, newCorrelationId: () => string): Trace {
	const { stages } = (trace ?? {}) as Partial<Trace>;
	return {
		correlationId: correlationIdOf(trace) ?? newCorrelationId(),
		stages: [...(Array.isArray(stages) ? stages : []), stage],
	};
}
