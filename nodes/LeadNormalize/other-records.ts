import type { IDataObject } from 'n8n-workflow';
import { normalizeAccount, type RecordContext } from '../../lib/domain/normalize-account';
import { normalizeOpportunity } from '../../lib/domain/normalize-opportunity';
import type { SourceRecord } from '../../lib/domain/source-record';
import type { Canonical } from './describe';

/** A company or a deal in its canonical form; undefined for everything else. */
export function otherRecord(record: SourceRecord, context: RecordContext): Canonical | undefined {
	if (record.kind === 'account') {
		const { account, problems } = normalizeAccount(record, context);
		return { add: { account: account as unknown as IDataObject }, problems };
	}
	if (record.kind === 'opportunity') {
		const { opportunity, problems } = normalizeOpportunity(record, context);
		return { add: { opportunity: opportunity as unknown as IDataObject }, problems };
	}
	return undefined;
}
