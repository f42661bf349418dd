import { z } from 'zod';
import type { StepReport } from '../../domain/enrichment';
import type { PipelineError } from '../../domain/errors';
import { subjectOf } from '../../runtime/store/subject';
import type { EmailVerdict } from '../enrichment/port';
import { keptAs } from '../lookup-cache';
import { askInTurn, type Turns, type TurnWorld } from './in-turn';

export interface EmailVerification {
	readonly email: string;
	readonly status: EmailVerdict['status'];
	/** What to do with it: `risky` is `accept_all`, `unknown`, or a throw-away mailbox. */
	readonly verdict: 'valid' | 'risky' | 'invalid';
	readonly disposable?: boolean;
	readonly role?: boolean;
	/** 0 to 1: how likely a message arrives. */
	readonly score?: number;
	/** Who said it; absent where nobody could. */
	readonly provider?: string;
	readonly reason?: string;
	readonly steps: readonly StepReport[];
	readonly credits: number;
	readonly cost?: number;
	/** ISO 8601 UTC. */
	readonly verifiedAt: string;
}

export interface EmailVerified {
	readonly verification: EmailVerification;
	readonly failure?: PipelineError;
}

export type VerifyOrder = Pick<Turns<EmailVerdict>, 'steps' | 'budgetMs' | 'budgets'>;

/** Asks verifiers in turn until one is sure; `unknown` is a reason to ask the next. */
export async function verifyEmail(
	email: string,
	order: VerifyOrder,
	world: TurnWorld,
): Promise<EmailVerified> {
	const taken = await askInTurn<EmailVerdict>(
		{
			...order,
			cannotAsk: ({ emailVerifier, title }) =>
				emailVerifier ? null : `${title} does not verify email addresses`,
			enough: (all) => all.some(({ status }) => status !== 'unknown'),
			async ask(provider, pay) {
				const { emailVerifier } = provider;
				if (!emailVerifier) return { cached: false };
				const question = {
					name: `verify:${keptAs(provider)}:${email}`,
					subject: subjectOf(email),
					read: (value: unknown) => Verdict.safeParse(value).data,
					final: ({ status }: EmailVerdict) => status !== 'unknown',
				};
				return await world.answers.find(
					question,
					async () => await pay(async (http) => await emailVerifier.verify(email, http)),
				);
			},
		},
		world,
	);
	const { answers, steps, credits, cost, failure } = taken;
	const best = answers.find(({ answer }) => answer.status !== 'unknown') ?? answers[0];
	const { status = 'unknown', disposable, role, score } = best?.answer ?? {};
	return {
		verification: {
			email,
			status,
			verdict: verdictOf(status, disposable),
			...(disposable && { disposable }),
			...(role && { role }),
			...(score !== undefined && { score }),
			...(best ? { provider: best.provider } : { reason: 'No provider could verify it' }),
			steps,
			credits,
			...(cost !== undefined && { cost }),
			verifiedAt: new Date(world.now()).toISOString(),
		},
		...(failure && { failure }),
	};
}

function verdictOf(status: EmailVerdict['status'], disposable = false) {
	if (status === 'invalid') return 'invalid';
	return status === 'valid' && !disposable ? 'valid' : 'risky';
}

const Verdict: z.ZodType<EmailVerdict> = z.object({
	status: z.enum(['valid', 'invalid', 'accept_all', 'unknown']),
	disposable: z.boolean().exactOptional(),
	role: z.boolean().exactOptional(),
	score: z.number().exactOptional(),
	credits: z.number(),
	apiVersion: z.string().exactOptional(),
});
