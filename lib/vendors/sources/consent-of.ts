import type { ActivityKind } from '../../domain/activity';

/** Who unsubscribes or reports spam wants no more mail, whoever tells us of it. */
export const refusalOf = (kind: ActivityKind | undefined): unknown =>
	kind === 'email_unsubscribe' || kind === 'email_spam_report' ? { email: false } : undefined;

/** Everything that was said about consent, as `readConsent` takes it; undefined when nothing was. */
export function statements(...said: readonly unknown[]): unknown {
	const given = said.filter((one) => one !== undefined);
	return given.length > 1 ? given : given[0];
}
