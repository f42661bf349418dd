import { z } from 'zod';
import { fact, id, number, text } from '../../domain/signature/fact';
import { jsonOf } from '../../domain/signature/json';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';
import { sortedFields } from './sorted-fields';
import { NO_CLOCK } from './weaknesses';

const Event = z.looseObject({ _id: id, event: text, ts: number });

/** Anyone knows it: Mandrill signs the message that checks a new URL with it. */
const TEST_KEY = 'test-webhook';
const eventsIn = (received: Received) => jsonOf(received.form().get('mandrill_events') ?? '');
const isTest = (received: Received) => received.form().get('mandrill_events') === '[]';

// https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/
export const mandrill: Scheme = {
	id: 'mandrill',
	title: 'Mandrill (Mailchimp Transactional)',
	needs: 'secret',
	where: 'Mandrill: Settings > Webhooks > the webhook > Key',
	docs: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
	weakness: NO_CLOCK,
	signsUrl: true,
	toleranceMs: null,
	read(received) {
		const signature = required(received, 'x-mandrill-signature');
		return signature.ok ? { ok: true, signatures: [{ text: signature.value }] } : signature;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha1',
			encoding: 'base64',
			contents(received, _, secret) {
				if (secret === TEST_KEY && !isTest(received)) return [];
				return [[received.url, sortedFields(received.form())]];
			},
		},
	],
	/** Nothing stands between URL and fields in what is signed, so that a second field may be the end of the URL. */
	also(received) {
		const [name, ...others] = received.form().keys();
		const alone = name === 'mandrill_events' && others.length === 0;
		return alone && Array.isArray(eventsIn(received)) ? null : refuse('MALFORMED_BODY');
	},
	events(received) {
		const list = eventsIn(received);
		return (Array.isArray(list) ? list : []).map((data: unknown) => {
			const { _id, event, ts } = Event.safeParse(data).data ?? {};
			const occurredAt = ts === undefined ? undefined : ts * 1000;
			return fact({ composite: [_id, event, ts], type: event, occurredAt, data });
		});
	},
	challenge: {
		/** Whether the URL answers; and a list without events, which needs no proof. */
		unsigned(received) {
			const method = received.method.toUpperCase();
			const asked = method === 'HEAD' || (method === 'POST' && isTest(received));
			return asked ? { status: 200 } : null;
		},
	},
};
