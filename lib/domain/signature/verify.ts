import { receive, type Delivery, type Received } from './received';
import { judge } from './judge';
import { refuse, type RefusalReason } from './refusals';
import type { Content, Material, Scheme, Signed } from './scheme';

export type Verdict =
	| {
			readonly ok: true;
			/** Which key of its list in the credential matched: 0 is the current one. */
			readonly secretIndex: number;
			/** The secret that matched; empty where a public key did. Never leaves the process. */
			readonly secret: string;
			readonly eventId?: string;
			readonly timestamp?: number;
			readonly ageMs?: number;
			/** How old it may be and still be believed; absent: for ever. */
			readonly toleranceMs?: number;
			/** What was proven; it names this very delivery in the replay memory. */
			readonly content: Content;
	  }
	| { readonly ok: false; readonly reason: RefusalReason; readonly ageMs?: number };

export interface Settings {
	/** Epoch ms. */
	readonly now: number;
	/** Default: the scheme's own. Ignored where the sender gives no time. */
	readonly toleranceMs?: number;
}

/**
 * Judges one delivery. The credential holds lists, so that a rotation is a change of configuration and
 * not a flag day; an empty list or an empty secret never verifies anything.
 */
export function verify(
	scheme: Scheme,
	delivery: Delivery | Received,
	material: Material,
	settings: Settings,
): Verdict {
	const received = 'json' in delivery ? delivery : receive(delivery);
	const signed = scheme.read(received, material);
	if (!signed.ok) return signed;
	const age = ageOf(scheme, signed, settings);
	if (age.reason) return { ok: false, reason: age.reason, ...age.is };

	const judged = judge(scheme, received, { signed, material, now: settings.now });
	if (!judged.ok) return { ...judged, ...age.is };
	const refused = scheme.also?.(received, material, settings.now);
	if (refused) return { ...refused, ...age.is };
	const { eventId, timestamp } = signed;
	return {
		...judged,
		...(eventId !== undefined && { eventId }),
		...(timestamp !== undefined && { timestamp }),
		...(age.toleranceMs !== undefined && { toleranceMs: age.toleranceMs }),
		...age.is,
	};
}

/** Either way: a clock that is ahead is as suspicious as one that is behind. */
function ageOf(
	scheme: Scheme,
	signed: Signed,
	settings: Settings,
): {
	readonly reason?: RefusalReason;
	readonly toleranceMs?: number;
	readonly is: { readonly ageMs?: number };
} {
	const own = signed.toleranceMs ?? scheme.toleranceMs;
	if (signed.timestamp === undefined)
		return own === null ? { is: {} } : { ...refuse('MISSING_TIMESTAMP'), is: {} };
	const ageMs = settings.now - signed.timestamp;
	const is = { ageMs };
	const toleranceMs = settings.toleranceMs ?? own;
	if (toleranceMs === null) return { is };
	// Written so that NaN, from a setting that is no number, refuses.
	if (!(Math.abs(ageMs) <= toleranceMs))
		return { ...refuse(ageMs < 0 ? 'TOO_NEW' : 'TOO_OLD'), is };
	return { toleranceMs, is };
}
