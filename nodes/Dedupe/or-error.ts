/** What fails one item fails it alone. */
export function orError<Result>(work: () => Result): Result | Error {
	try {
		return work();
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
