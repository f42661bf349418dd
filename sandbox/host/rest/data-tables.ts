import { z } from 'zod';
import type { Call } from './call';

export interface Column {
	readonly name: string;
	readonly type: 'string' | 'number' | 'boolean' | 'date';
}

export type Row = Record<string, unknown>;

const Table = z.looseObject({ id: z.string(), name: z.string(), projectId: z.string() });
export type DataTable = z.infer<typeof Table>;

const Rows = z.object({ count: z.number(), data: z.array(z.record(z.string(), z.unknown())) });
/** n8n's own limit for one page. */
const PAGE = 250;

export function dataTablesApi(call: Call, personalProject: () => Promise<string>) {
	const dataTables = async (): Promise<DataTable[]> => {
		const query = new URLSearchParams({ take: String(PAGE) });
		const answer = await call('GET', `/rest/data-tables-global?${query}`);
		return z.object({ data: z.array(Table) }).parse(answer).data;
	};

	const find = async (name: string): Promise<DataTable | undefined> =>
		(await dataTables()).find((table) => table.name === name);

	const path = (table: DataTable) => `/rest/projects/${table.projectId}/data-tables/${table.id}`;

	const existing = async (name: string): Promise<DataTable> => {
		const table = await find(name);
		if (!table) throw new Error(`n8n has no data table "${name}"`);
		return table;
	};

	return {
		dataTables,

		/** Creates it in the owner's personal project unless there is one of this name. */
		async ensureDataTable(name: string, columns: readonly Column[]): Promise<DataTable> {
			const known = await find(name);
			if (known) return known;
			const projectId = await personalProject();
			return Table.parse(
				await call('POST', `/rest/projects/${projectId}/data-tables`, { name, columns }),
			);
		},

		/** Every row, each with n8n's own id, createdAt and updatedAt. */
		async dataTableRows(name: string): Promise<Row[]> {
			const table = await existing(name);
			const rows: Row[] = [];
			for (;;) {
				const query = new URLSearchParams({ take: String(PAGE), skip: String(rows.length) });
				const page = Rows.parse(await call('GET', `${path(table)}/rows?${query}`));
				rows.push(...page.data);
				if (page.data.length === 0 || rows.length >= page.count) return rows;
			}
		},

		async insertRows(name: string, data: readonly Row[]): Promise<void> {
			const table = await existing(name);
			await call('POST', `${path(table)}/insert`, { data, returnType: 'count' });
		},

		async deleteDataTable(name: string): Promise<void> {
			await call('DELETE', path(await existing(name)));
		},
	};
}
