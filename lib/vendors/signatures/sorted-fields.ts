/**
 * Names and values of a form, sorted and joined without anything between them, as Twilio and Mandrill
 * sign them. A value that a name has twice counts once, as in Twilio's own SDK.
 */
export function sortedFields(form: URLSearchParams): string {
	const names = [...new Set(form.keys())].sort();
	return names
		.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
		.join('');
}

/** Whether the sender says that the body is a form. */
export const isForm = (contentType: string | undefined): boolean =>
	/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType ?? '');
