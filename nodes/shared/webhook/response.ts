import { statusOf } from '../../../lib/domain/signature/refusals';
import type { Answer, Scheme } from '../../../lib/domain/signature/scheme';
import type { Outcome } from '../../../lib/vendors/verify-delivery';

/** What the sender should be answered, as a *Respond to Webhook* node takes it. */
export interface Response {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Undefined: whatever the workflow likes. */
export function responseTo(outcome: Outcome, scheme?: Scheme): Response | undefined {
	switch (outcome.kind) {
		case 'verified':
			return scheme?.acknowledge && written(scheme.acknowledge);
		case 'challenge':
			return written(outcome.answer);
		case 'refused': {
			const { reason } = outcome.verification;
			return written(refusalAnswer(reason === undefined ? 401 : statusOf(reason)));
		}
	}
}

/** Says nothing that helps a forger. */
export const refusalAnswer = (status: number): Answer => ({
	status,
	contentType: 'application/json; charset=utf-8',
	body: JSON.stringify({ accepted: false }),
});

/** A challenge is echoed: a browser must never take it for a page. */
export const written = ({ status, contentType, body, headers }: Answer): Response => ({
	statusCode: status,
	headers: {
		...(contentType && { 'content-type': contentType }),
		'x-content-type-options': 'nosniff',
		...headers,
	},
	body: body ?? '',
});
