import type { EmailVerdict, Lookup } from './port';

/**
 * A verdict as the answer of a waterfall's step. One that was free and says nothing is open: the next
 * verifier is asked, and this one again another time.
 */
export function lookupOf({ status, credits, apiVersion }: EmailVerdict): Lookup {
	const said = { credits, ...(apiVersion && { apiVersion }) };
	if (status !== 'unknown') {
		return { kind: 'found', fields: { 'identity.emailStatus': status }, ...said };
	}
	return {
		kind: 'no-match',
		...said,
		...(credits === 0 && { unanswered: ['identity.emailStatus'] }),
	};
}
