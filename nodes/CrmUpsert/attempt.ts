/** What the work gives, or what it throws, as a value. */
export function attempt<T>(work: () => T): T | Error {
	try {
		return work();
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
