/** What a bench file gives: `export async function bench(): Promise<Table[]>`. */
export interface Table {
	readonly title: string;
	readonly columns: readonly string[];
	readonly rows: ReadonlyArray<ReadonlyArray<string | number>>;
	/** What the numbers are to be compared with. */
	readonly note?: string;
}

export function print({ title, columns, rows, note }: Table) {
	const lines = [columns, ...rows].map((row) => row.map(text));
	const widths = columns.map((_, column) =>
		Math.max(...lines.map((line) => line[column]?.length ?? 0)),
	);
	const align = (line: readonly string[]) =>
		line
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join('  ');
	const [head = [], ...body] = lines;
	const rule = widths.map((width) => '-'.repeat(width)).join('  ');
	console.log(`\n${title}\n\n${[align(head), rule, ...body.map(align)].join('\n')}`);
	if (note) console.log(`\n${note}`);
}

const text = (cell: string | number) =>
	typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;
