import type { z } from 'zod';
import { PipelineError } from '../domain/errors';
import type { HttpResponse } from './http';

/** Parses a vendor's answer once, at the border. An answer of another shape is the vendor's failure, not ours. */
export function readAnswer<T>(schema: z.ZodType<T>, response: HttpResponse, vendor: string): T {
	const parsed = schema.safeParse(response.body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
	throw new PipelineError(
		'UPSTREAM_UNAVAILABLE',
		`${vendor} answered ${response.status} with a body that cannot be read${where}: ${issue?.message ?? 'unknown shape'}`,
		{ vendor, cause: parsed.error },
	);
}
