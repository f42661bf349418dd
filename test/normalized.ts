import { normalize, normalizeRecord, type NormalizeContext } from '../lib/domain/normalize';
import type { SourceRecord } from '../lib/domain/source-record';

export const RECEIVED = '2026-11-23T15:00:00.000Z';
export const context = (more: Partial<NormalizeContext> = {}): NormalizeContext => ({
	receivedAt: RECEIVED,
	requires: 'email',
	enrichPersonal: false,
	...more,
});
export const leadOf = (payload: unknown, more: Partial<NormalizeContext> = {}) => {
	const result = normalize(payload, context(more));
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.lead;
};
export const record = (more: Partial<SourceRecord> = {}): SourceRecord => ({
	kind: 'lead',
	fields: { email: 'ada@northwind-analytics.com' },
	system: 'typeform',
	event: 'form_response',
	...more,
});
export const read = (more: Partial<SourceRecord> = {}, extra: Partial<NormalizeContext> = {}) => {
	const result = normalizeRecord(record(more), context(extra));
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.lead;
};
