import { z } from 'zod';
import { Attribution } from './attribution';
import { ExternalIds, Source } from './lead';

export const OPPORTUNITY_SCHEMA_VERSION = 1;

const text = z.string().min(1);

/** A deal in the making with an account, and the people in it; what an event does not say of it is absent. */
export const Opportunity = z.object({
	schemaVersion: z.literal(OPPORTUNITY_SCHEMA_VERSION),
	name: text.optional(),
	status: z.enum(['open', 'won', 'lost']).optional(),
	stage: text.optional().describe("The CRM's own name of the stage."),
	amount: z
		.number()
		.nonnegative()
		.optional()
		.describe('In whole units and decimals of `currency`.'),
	currency: z
		.string()
		.regex(/^[A-Z]{3}$/)
		.optional()
		.describe('ISO 4217, e.g. `EUR`.'),
	probability: z.number().min(0).max(1).optional().describe('0 to 1.'),
	closeDate: z.iso.date().optional().describe('`2026-11-30`.'),
	account: ExternalIds.default({}).describe('Ids of the account by system.'),
	contacts: z
		.array(
			z.object({
				email: text.optional(),
				externalIds: ExternalIds.default({}),
				role: z
					.enum(['decision_maker', 'champion', 'influencer', 'user', 'blocker', 'other'])
					.optional(),
			}),
		)
		.default([]),
	owner: text.optional().describe('Email of the person who owns it.'),
	externalIds: ExternalIds.default({}),
	attribution: Attribution.optional(),
	custom: z.record(z.string(), z.unknown()),
	source: Source,
});

export type Opportunity = z.infer<typeof Opportunity>;
