import { PipelineError } from './errors';
import { isRecord } from './form';

/**
 * The address of the record that an event names: `https://api.example.com/people/{data.id}` with the
 * event's own values, escaped. Null when the event does not name it. Throws `CONFIG_INVALID` where a
 * sender could choose whom we ask: placeholders may stand after the host only.
 */
export function fillUrl(template: string, event: unknown): string | null {
	const host = /^https:\/\/[^/{}?#@\s]+(?=\/)/.exec(template);
	if (!host) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Record URL' is "${template}". It must start with https:// and a host without placeholders`,
		);
	}
	let complete = true;
	const url = template.replace(/\{([^{}]+)\}/g, (_, path: string) => {
		const value = valueAt(event, path.trim());
		// Escaped dots and slashes are a path again for a server that undoes the escapes first.
		if (value === undefined || value.split(/[\\/]/).some((part) => /^\.*$/.test(part)))
			complete = false;
		return encodeURIComponent(value ?? '');
	});
	return complete ? url : null;
}

export interface Pair {
	/** Paths like `data.current.email` or `contacts.0.id`. */
	readonly event: string;
	readonly record: string;
}

/** Whether event and record say the same; an absent value is never the same. */
export function sameAt(
	{ event, record }: Pair,
	values: { readonly event: unknown; readonly record: unknown },
): boolean {
	const [left, right] = [valueAt(values.event, event), valueAt(values.record, record)];
	return left !== undefined && left.toLowerCase() === right?.toLowerCase();
}

/** A text or number at a path; form fields like `contact[id]` are found by their literal name. */
function valueAt(value: unknown, path: string): string | undefined {
	const literal = isRecord(value) ? value[path] : undefined;
	const found =
		literal ??
		path
			.split('.')
			.reduce<unknown>(
				(at, name) => (Array.isArray(at) ? at[Number(name)] : isRecord(at) ? at[name] : undefined),
				value,
			);
	return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : undefined;
}
