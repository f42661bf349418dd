import { z } from 'zod';
import { PipelineError } from '../../../domain/errors';

/** Settings of a scheme, read. Throws `CONFIG_INVALID` naming the first setting that is wrong. */
export function readSettings<T>(
	schema: z.ZodType<T>,
	scheme: string,
	settings: Readonly<Record<string, unknown>>,
): T {
	const parsed = schema.safeParse(settings);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw invalidSetting(scheme, issue?.path.join('.') ?? '', issue?.message ?? 'cannot be read');
}

export const invalidSetting = (scheme: string, setting: string, problem: string): PipelineError =>
	new PipelineError('CONFIG_INVALID', `${scheme}, '${setting}': ${problem}`);

/** The name of a header as it arrives. */
export const headerName = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[!#$%&'*+.^_`|~0-9a-z-]*$/, 'this cannot be the name of a header');
