import { fact, told } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';
import { required } from '../../domain/signature/text';

// https://developers.google.com/workspace/calendar/api/guides/push
export const googleChannel: Scheme = {
	id: 'google-channel',
	title: 'Google Push Notifications (Calendar, Drive)',
	needs: 'secret',
	where:
		'The token that you gave when you watched the resource (events.watch > token); as expected id, the id of the channel',
	docs: 'https://developers.google.com/workspace/calendar/api/guides/push',
	weakness:
		'Nothing is signed: whoever has seen one notification can make others. It carries no data, so that the worst is a needless look into the calendar.',
	toleranceMs: null,
	read(received) {
		const token = required(received, 'x-goog-channel-token');
		return token.ok ? { ok: true, signatures: [{ text: token.value }] } : token;
	},
	proofs: [{ kind: 'token' }],
	/** A channel that was replaced goes on for a while, with the same token. */
	also(received, { expectedIds }) {
		const ours = expectedIds.filter((id) => id !== '');
		const channel = told(received, 'x-goog-channel-id');
		if (ours.length === 0 || (channel && ours.includes(channel))) return null;
		return refuse('WRONG_RECIPIENT');
	},
	events(received) {
		const channel = told(received, 'x-goog-channel-id');
		const number = told(received, 'x-goog-message-number');
		const id = channel && number ? `${channel}:${number}` : undefined;
		return [fact({ id, type: told(received, 'x-goog-resource-state') })];
	},
	challenge: {
		/** The first message of a channel says only that it works. */
		signed: (received) =>
			told(received, 'x-goog-resource-state') === 'sync' ? { status: 200 } : null,
	},
};
