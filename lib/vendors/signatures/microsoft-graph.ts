import { z } from 'zod';
import { fact, text } from '../../domain/signature/fact';
import { judgeToken } from '../../domain/signature/jwt';
import type { Received } from '../../domain/signature/received';
import { refuse, type Refused } from '../../domain/signature/refusals';
import type { EventFact, Material, Scheme } from '../../domain/signature/scheme';

const KEYS = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';
/** The app id under which Microsoft Graph itself asks for tokens. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const ISSUER =
	/^https:\/\/(?:sts\.windows\.net\/[^/]+\/|login\.microsoftonline\.com\/[^/]+\/v2\.0)$/;

const Item = z.looseObject({
	clientState: z.string().min(1),
	encryptedContent: z.unknown().optional(),
});
const Body = z.looseObject({
	value: z.array(z.unknown()).min(1),
	validationTokens: z.array(z.string()).max(100).optional(),
});
const Change = z.looseObject({
	id: text,
	subscriptionId: text,
	subscriptionExpirationDateTime: text,
	changeType: text,
	lifecycleEvent: text,
	resourceData: z.looseObject({ id: text, '@odata.etag': text }).optional().catch(undefined),
});

// https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks
export const microsoftGraph: Scheme = {
	id: 'microsoft-graph',
	title: 'Microsoft Graph (Outlook, Teams)',
	needs: 'secret',
	where:
		'The clientState that you gave when you created the subscription; as expected id, the application id of your app (notifications with resource data)',
	docs: 'https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks',
	weakness:
		'Nothing is signed: clientState stands in every notification, so whoever has seen one can make others. Fetch the resource before you trust what is said about it.',
	toleranceMs: null,
	/** Every item says it, of however many subscriptions they are: one of another sender spoils the list. */
	read(received) {
		const body = Body.safeParse(received.json());
		if (!body.success) return refuse('MALFORMED_BODY');
		const items = body.data.value.map((item) => Item.safeParse(item).data?.clientState);
		if (items.some((state) => state === undefined)) return refuse('MISSING_SIGNATURE');
		const states = [...new Set(items.flatMap((state) => state ?? []))];
		return { ok: true, signatures: states.map((state) => ({ text: state })) };
	},
	proofs: [{ kind: 'token', every: true }],
	keyUrls: (received) => ({ ok: true, urls: isRich(received) ? [KEYS] : [] }),
	also: (received, material, now) => (isRich(received) ? vouched(received, material, now) : null),
	events(received) {
		const body = Body.safeParse(received.json());
		return body.success ? body.data.value.map(change) : [];
	},
	challenge: {
		/** Asked when a subscription is made or renewed; never with a body. */
		unsigned(received) {
			const token = received.query('validationToken');
			if (received.method.toUpperCase() !== 'POST' || received.body.length > 0 || !token?.ok)
				return null;
			return {
				status: 200,
				contentType: 'text/plain',
				body: token.value,
				headers: { 'x-content-type-options': 'nosniff' },
			};
		},
	},
	acknowledge: { status: 202 },
};

/** With data in it, a notification has to bring tokens that Microsoft signed. */
function isRich(received: Received): boolean {
	const body = Body.safeParse(received.json());
	if (!body.success) return false;
	const { value, validationTokens } = body.data;
	return (
		validationTokens !== undefined ||
		value.some((item) => Item.safeParse(item).data?.encryptedContent !== undefined)
	);
}

/** https://learn.microsoft.com/en-us/graph/change-notifications-with-resource-data#validate-the-authenticity-of-notifications */
function vouched(received: Received, material: Material, now: number): Refused | null {
	const tokens = Body.safeParse(received.json()).data?.validationTokens ?? [];
	if (tokens.length === 0) return refuse('MISSING_SIGNATURE');
	const audiences = material.expectedIds.filter((id) => id !== '');
	if (audiences.length === 0) return refuse('WRONG_RECIPIENT');
	for (const token of tokens) {
		const verdict = judgeToken(token, material, { algorithms: ['RS256'], audiences, now });
		if (!verdict.ok) return verdict;
		const { iss, appid, azp } = verdict.claims;
		if ((appid ?? azp) !== PUBLISHER || !ISSUER.test(iss ?? '')) return refuse('WRONG_ISSUER');
	}
	return null;
}

/** Without an etag nothing tells two updates of one resource apart, so that only equal bytes are one event. */
function change(data: unknown): EventFact {
	const found = Change.safeParse(data);
	if (!found.success) return fact({ data });
	const { id, subscriptionId, changeType, lifecycleEvent, resourceData } = found.data;
	const etag = resourceData?.['@odata.etag'];
	if (lifecycleEvent) {
		const until = found.data.subscriptionExpirationDateTime;
		return fact({ composite: [subscriptionId, lifecycleEvent, until], type: lifecycleEvent, data });
	}
	const composite = [subscriptionId, changeType, resourceData?.id, etag];
	return fact({ ...(etag ? { composite } : { id }), type: changeType, data });
}
