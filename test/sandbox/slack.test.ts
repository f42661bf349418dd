import { team } from '../../sandbox/team';
import { useWorld } from './world';

const at = useWorld();
const slack: (typeof at)['client']['slack'] = (...call) => at.client.slack(...call);

describe('Slack', () => {
	it('posts to a channel by id or name, to a person by id', async () => {
		const post = (channel: string) =>
			slack('/chat.postMessage', { body: { channel, text: 'Hi ☕' } });
		expect((await post('C0SALESLEADS')).body).toMatchObject({
			ok: true,
			message: { text: 'Hi ☕' },
		});
		expect((await post('#handoff-alerts')).body).toMatchObject({ channel: 'C0HANDOFFOPS' });
		expect((await post(team[0]?.slackId ?? '')).body).toMatchObject({ channel: 'D0SANDBOX1' });
		expect((await at.world.state()).slack['messages']).toHaveLength(3);
	});

	it('reads a form, with blocks as JSON text', async () => {
		const form = new URLSearchParams({
			channel: 'sales-leads',
			blocks: JSON.stringify([{ type: 'divider' }]),
		});
		const { body } = await slack('/chat.postMessage', {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: form.toString(),
		});
		expect(body).toMatchObject({ ok: true, message: { blocks: [{ type: 'divider' }] } });
	});

	it.each([
		['nowhere', { channel: '#nowhere', text: 'x' }, 'channel_not_found'],
		['no text', { channel: '#sales-leads' }, 'no_text'],
		['broken blocks', { channel: '#sales-leads', blocks: '[{' }, 'invalid_blocks_format'],
		['blocks without type', { channel: '#sales-leads', blocks: [{}] }, 'invalid_blocks'],
		['too much text', { channel: '#sales-leads', text: 'x'.repeat(40_001) }, 'msg_too_long'],
	])('says no to %s inside a 200', async (_, body, error) => {
		expect(await slack('/chat.postMessage', { body })).toMatchObject({
			status: 200,
			body: { ok: false, error },
		});
	});

	it('wants its token', async () => {
		const url = 'https://slack.com/api/auth.test';
		expect((await at.client.call(url)).body).toMatchObject({ error: 'not_authed' });
		const headers = { authorization: 'Bearer x' };
		expect((await at.client.call(url, { headers })).body).toMatchObject({ error: 'invalid_auth' });
		expect((await slack('/auth.test')).body).toMatchObject({ ok: true });
		expect((await slack('/chat.shout')).body).toMatchObject({ error: 'unknown_method' });
	});

	it('finds the team by email', async () => {
		const of = (email = '') => slack(`/users.lookupByEmail?email=${email}`);
		expect((await of(team[3]?.email)).body).toMatchObject({ user: { id: team[3]?.slackId } });
		expect((await of('x@y.com')).body).toMatchObject({ error: 'users_not_found' });
	});
});
