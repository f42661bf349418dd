import type { IExecuteFunctions } from 'n8n-workflow';
import type { Store } from '../../lib/runtime/store/port';
import { openSqliteStore } from '../../lib/runtime/store/open';

/** The store that this node's executions share. One handle per file and process, opened at first use. */
export function openStore(_node: IExecuteFunctions): Store {
	return openSqliteStore();
}
