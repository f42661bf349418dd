import type { SourceRecord } from '../../domain/source-record';

export type { SourceRecord };

/** What is known about a delivery beside its body. */
export interface SourceHints {
	/** Lower-case names, as n8n's Webhook node gives them. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** The signature scheme that the delivery was verified by, e.g. `hubspot-v3`. */
	readonly scheme?: string;
}

/**
 * One sender of leads. Implement it in one file beside this one; `npm run build` adds it to the index.
 * A payload is parsed JSON or XML, with every value as the sender wrote it.
 */
export interface LeadSource {
	/** Saved in workflows and in `source.system`: never renamed. */
	readonly id: string;
	readonly title: string;
	/** The sender's documentation of what it sends. */
	readonly docs: string;
	/** True only for what nobody else sends: two sources that recognise one payload are a defect. */
	recognises(payload: unknown, hints: SourceHints): boolean;
	/** The records of a payload, in the sender's order; none when it carries nothing that can be read. */
	read(payload: unknown, hints: SourceHints): readonly SourceRecord[];
}
