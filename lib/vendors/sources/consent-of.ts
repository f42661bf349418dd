import type { ActivityKind } from '../../domain/activity';

/** Who unsubscribes or reports spam wants no more mail, whoever tells us of it. */
export const refusalOf = (kind: ActivityKind | undefined): unknown =>
	kind === 'email_unsubscribe' || kind === 'email_spam_report' ? { email: false } : undefined;
