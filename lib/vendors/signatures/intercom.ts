import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Notification = z.looseObject({ id, topic: text, created_at: number });

// https://developers.intercom.com/docs/webhooks/webhook-notifications
export const intercom: Scheme = {
	id: 'intercom',
	title: 'Intercom',
	needs: 'secret',
	where: 'Intercom: Developer Hub > your app > Basic information > Client secret',
	docs: 'https://developers.intercom.com/docs/webhooks/webhook-notifications',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'x-hub-signature', 'sha1='),
	proofs: [{ kind: 'hmac', algorithm: 'sha1', encoding: 'hex', contents: ({ body }) => [[body]] }],
	events(received) {
		const notification = Notification.safeParse(received.json());
		if (!notification.success) return [];
		const { id: own, topic: type, created_at: seconds } = notification.data;
		const occurredAt = seconds === undefined ? undefined : seconds * 1000;
		return [fact({ id: own, type, occurredAt })];
	},
	challenge: {
		signed(received) {
			const notification = Notification.safeParse(received.json());
			return notification.data?.topic === 'ping' ? { status: 200 } : null;
		},
	},
};
