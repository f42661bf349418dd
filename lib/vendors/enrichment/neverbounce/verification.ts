import { z } from 'zod';
import { loose } from '../../../domain/enrichment-facts';
import type { EmailVerdict } from '../port';

/** https://developers.neverbounce.com/reference/single-check; flags are an open list. */
export const Verification = z.object({ result: loose.text, flags: loose.texts });

/** Undefined: a result that is none of NeverBounce's words. */
export function verdictOf(
	{ result, flags }: z.infer<typeof Verification>,
	credits: number,
): EmailVerdict | undefined {
	const status = STATUS.find(([word]) => word === result)?.[1];
	return (
		status && {
			status,
			...((result === 'disposable' || flags?.includes('disposable_email')) && { disposable: true }),
			...(flags?.includes('role_account') && { role: true }),
			credits,
		}
	);
}

const STATUS = [
	['valid', 'valid'],
	['invalid', 'invalid'],
	['catchall', 'accept_all'],
	['disposable', 'unknown'],
	['unknown', 'unknown'],
] as const;
