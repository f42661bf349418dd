import { z } from 'zod';
import { Company, ExternalIds, Source } from './lead';

export const ACCOUNT_SCHEMA_VERSION = 1;

/** A company that we sell to, whoever keeps it. */
export const Account = z.object({
	schemaVersion: z.literal(ACCOUNT_SCHEMA_VERSION),
	company: Company,
	externalIds: ExternalIds.default({}).describe(
		'What each system calls it: `{ hubspot: "8701", salesforce: "001…" }`.',
	),
	owner: z.string().min(1).optional().describe('Email of the person who owns it.'),
	lifecycle: z.enum(['prospect', 'customer', 'former_customer', 'partner', 'other']).optional(),
	custom: z.record(z.string(), z.unknown()),
	source: Source,
});

export type Account = z.infer<typeof Account>;
