import { z } from 'zod';
import { fact, number, text } from '../../domain/signature/fact';
import { jsonOf } from '../../domain/signature/json';
import type { Received } from '../../domain/signature/received';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed, timestampHeader } from '../../domain/signature/text';

const Event = z.looseObject({
	type: text,
	event_id: text,
	event_time: number,
	event: z.looseObject({ type: text }).optional().catch(undefined),
});
const Check = z.looseObject({ type: z.literal('url_verification'), challenge: z.string() });
const Interaction = z.looseObject({ type: text, trigger_id: text });

// https://docs.slack.dev/authentication/verifying-requests-from-slack
export const slack: Scheme = {
	id: 'slack',
	title: 'Slack',
	needs: 'secret',
	where:
		'Slack: api.slack.com/apps > your app > Basic Information > App Credentials > Signing Secret',
	docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
	toleranceMs: 5 * 60_000,
	read(received) {
		const found = prefixed(received, 'x-slack-signature', 'v0=');
		if (!found.ok) return found;
		const at = timestampHeader(received, 'x-slack-request-timestamp', 's');
		return at.ok ? { ...found, ...at } : at;
	},
	proofs: [
		{
			kind: 'hmac',
			algorithm: 'sha256',
			encoding: 'hex',
			contents: ({ body }, { timestampText }) => [[`v0:${timestampText}:`, body]],
		},
	],
	events(received) {
		const event = Event.safeParse(received.json());
		if (!event.success) return interactions(received);
		const { event_id: id, event_time: seconds, event: inner, type } = event.data;
		const occurredAt = seconds === undefined ? undefined : seconds * 1000;
		return [fact({ id, type: inner?.type ?? type, occurredAt })];
	},
	challenge: {
		signed(received) {
			const check = Check.safeParse(received.json());
			if (!check.success) return null;
			return { status: 200, contentType: 'text/plain', body: check.data.challenge };
		},
	},
};

/**
 * Buttons, modals and shortcuts come as a form with a `payload`, commands as a plain form.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
function interactions(received: Received) {
	const form = received.form();
	const command = form.get('command');
	if (command) return [fact({ id: form.get('trigger_id'), type: command })];
	const payload = form.get('payload');
	if (!payload) return [];
	const { trigger_id: id, type } = Interaction.safeParse(jsonOf(payload)).data ?? {};
	return [fact({ id, type })];
}
