/** Ends the program with a sentence for a person. */
export function fail(message) {
	console.error(message);
	process.exit(1);
}
