import { receive, type Delivery, type Received } from './received';
import { judge } from './judge';
import { refuse, type RefusalReason, type Refused } from './refusals';
import type { Content, Material, Scheme, Signed } from './scheme';

export type Verdict =
	| {
			readonly ok: true;
			/** Which key of its list in the credential matched: 0 is the current one. */
			readonly secretIndex: number;
			/** The secret that matched; empty where a public key did. Never leaves the process. */
			readonly secret: string;
			readonly eventId: string | undefined;
			readonly timestamp: number | undefined;
			readonly ageMs: number | undefined;
			/** How old it may be and still be believed; undefined: for ever. */
			readonly toleranceMs: number | undefined;
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
	const { eventId, timestamp } = signed;
	const toleranceMs = toleranceOf(scheme, signed, settings);
	if (timestamp === undefined && toleranceMs !== undefined) return refuse('MISSING_TIMESTAMP');
	const ageMs = timestamp === undefined ? undefined : settings.now - timestamp;
	const dated = (refused: Refused) => (ageMs === undefined ? refused : { ...refused, ageMs });
	// Either way: a clock that is ahead is as suspicious as one that is behind. Written so that NaN,
	// from a setting that is no number, refuses.
	if (ageMs !== undefined && toleranceMs !== undefined && !(Math.abs(ageMs) <= toleranceMs))
		return dated(refuse(ageMs < 0 ? 'TOO_NEW' : 'TOO_OLD'));

	const judged = judge(scheme, received, { signed, material, now: settings.now });
	if (!judged.ok) return dated(judged);
	const refused = scheme.also?.(received, material, settings.now);
	if (refused) return dated(refused);
	const { secretIndex, secret, content } = judged;
	return { ok: true, secretIndex, secret, content, eventId, timestamp, ageMs, toleranceMs };
}

/** Undefined: the age is not looked at. A sender without a clock has none that the user could set. */
function toleranceOf(scheme: Scheme, signed: Signed, settings: Settings): number | undefined {
	const own = signed.toleranceMs ?? scheme.toleranceMs ?? undefined;
	return signed.timestamp === undefined ? own : (settings.toleranceMs ?? own);
}
