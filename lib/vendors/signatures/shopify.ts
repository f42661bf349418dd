import { fact, told } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { NO_CLOCK_NO_ID } from './weaknesses';

/** Webhooks have the `x-` headers, the newer events the bare ones. */
const FAMILIES = ['x-shopify', 'shopify'] as const;

// https://shopify.dev/docs/apps/build/webhooks/subscribe/https
export const shopify: Scheme = {
	id: 'shopify',
	title: 'Shopify',
	needs: 'secret',
	where:
		'Shopify: Dev Dashboard > your app > Settings > Credentials > Secret; for webhooks of the admin, Settings > Notifications > Webhooks > signed with. After a rotation keep the old one for an hour',
	docs: 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https',
	weakness: NO_CLOCK_NO_ID,
	toleranceMs: null,
	read(received) {
		const signatures: Array<{ readonly text: string }> = [];
		for (const family of FAMILIES) {
			const found = received.header(`${family}-hmac-sha256`);
			if (found && !found.ok) return found;
			if (found) signatures.push({ text: found.value });
		}
		return signatures.length > 0 ? { ok: true, signatures } : refuse('MISSING_SIGNATURE');
	},
	proofs: [
		{ kind: 'hmac', algorithm: 'sha256', encoding: 'base64', contents: ({ body }) => [[body]] },
	],
	events(received) {
		const header = (name: string) =>
			told(received, `x-shopify-${name}`) ?? told(received, `shopify-${name}`);
		const [event, delivery] = [header('event-id'), header('webhook-id')];
		const [type, occurredAt] = [header('topic'), header('triggered-at')];
		// One action of a merchant gives one event id to several topics: only both name the event.
		return [
			fact(
				event
					? { composite: [event, type ?? 'event'], type, occurredAt }
					: { id: delivery, type, occurredAt },
			),
		];
	},
};
