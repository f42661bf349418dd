import { channels } from '../team';
import type { OpenVendor, Seed, VendorReply, VendorRequest } from './port';
import { bearer, contentType, isObject, jsonObject, sameText, textOf, type Json } from './request';

interface Message {
	readonly ts: string;
	readonly channel: string;
	text: string;
	readonly blocks?: unknown;
	readonly attachments?: unknown;
	readonly threadTs?: string;
}

type Method = (sent: Json) => Json;

const MAX_TEXT = 40_000;
const bot = { user_id: 'U0SANDBOXB', bot_id: 'B0SANDBOXB', team_id: 'T0SANDBOX' };

/** Slack's Web API: errors are `ok: false` inside a 200. https://docs.slack.dev/reference/methods */
export const openSlack: OpenVendor = (seed) => {
	let messages: Message[] = [];
	const nextTs = () =>
		`${Math.floor(seed.now() / 1000)}.${String(messages.length + 1).padStart(6, '0')}`;

	const post: Method = (sent) => {
		const wanted = textOf(sent['channel']);
		if (!wanted) return no('channel_not_found');
		const channel = conversation(seed, wanted);
		if (!channel) return no('channel_not_found');
		const text = typeof sent['text'] === 'string' ? sent['text'] : '';
		const blocks = list(sent['blocks']);
		const attachments = list(sent['attachments']);
		if (blocks === 'broken') return no('invalid_blocks_format');
		if (attachments === 'broken') return no('invalid_attachments');
		if (text === '' && !blocks?.length && !attachments?.length) return no('no_text');
		if (text.length > MAX_TEXT) return no('msg_too_long');
		if (
			blocks &&
			(blocks.length > 50 || !blocks.every((block) => isObject(block) && block['type']))
		) {
			return no('invalid_blocks');
		}
		const threadTs = textOf(sent['thread_ts']);
		const message: Message = {
			ts: nextTs(),
			channel,
			text,
			...(blocks ? { blocks } : {}),
			...(attachments ? { attachments } : {}),
			...(threadTs ? { threadTs } : {}),
		};
		messages.push(message);
		return { ok: true, channel, ts: message.ts, message: published(message) };
	};

	const methods: Readonly<Record<string, Method>> = {
		'chat.postMessage': post,
		'chat.update': (sent) => {
			const message = messages.find(
				({ ts, channel }) => ts === sent['ts'] && channel === sent['channel'],
			);
			if (!message) return no('message_not_found');
			message.text = textOf(sent['text']) ?? message.text;
			return { ok: true, channel: message.channel, ts: message.ts, text: message.text };
		},
		'auth.test': () => ({
			ok: true,
			url: 'https://acme-handoff.slack.com/',
			team: 'Acme Handoff',
			user: 'lead-handoff',
			...bot,
		}),
		'users.lookupByEmail': (sent) => {
			const rep = seed.team.find(({ email }) => sameText(email, sent['email']));
			return rep ? { ok: true, user: member(rep) } : no('users_not_found');
		},
		'users.info': (sent) => {
			const rep = seed.team.find(({ slackId }) => slackId === sent['user']);
			return rep ? { ok: true, user: member(rep) } : no('user_not_found');
		},
		'users.list': () => ({ ok: true, members: seed.team.map(member), response_metadata: noMore }),
		'users.profile.get': () => ({ ok: true, profile: { real_name: 'Lead Handoff' } }),
		'conversations.list': () => ({
			ok: true,
			channels: channels.map((channel) => ({ ...channel, is_channel: true, is_member: true })),
			response_metadata: noMore,
		}),
		'conversations.open': (sent) => {
			const rep = seed.team.find(({ slackId }) => slackId === sent['users']);
			return rep ? { ok: true, channel: { id: direct(rep.slackId) } } : no('user_not_found');
		},
		'chat.getPermalink': (sent) => ({
			ok: true,
			channel: sent['channel'],
			permalink: `https://acme-handoff.slack.com/archives/${String(sent['channel'])}/p${String(sent['message_ts']).replace('.', '')}`,
		}),
	};

	return {
		id: 'slack',
		hosts: ['slack.com'],
		handle(request) {
			const sent = parameters(request);
			const name = request.path.replace(/^\/api\//, '');
			const method = methods[name];
			if (!method) return reply({ ...no('unknown_method'), req_method: name });
			if (sent === 'type') return reply(no('invalid_form_data'));
			if (sent === 'syntax') return reply(no('invalid_json'));
			const token = bearer(request) ?? textOf(sent['token']);
			if (!token) return reply(no('not_authed'));
			if (token !== seed.secrets.slackToken) return reply(no('invalid_auth'));
			const answer = method(sent);
			return { ...reply(answer), wrote: name.startsWith('chat.') && answer['ok'] === true };
		},
		fail(status) {
			if (status === 401) return reply(no('invalid_auth'));
			return { status, body: no(status === 429 ? 'ratelimited' : 'internal_error') };
		},
		state: () => ({ messages }),
		reset() {
			messages = [];
		},
	};
};

const noMore = { next_cursor: '' };

function no(error: string): Json {
	return { ok: false, error };
}

function reply(body: Json): VendorReply {
	return { status: 200, body };
}

/** Query and body together; a body is JSON or a form. */
function parameters(request: VendorRequest): Json | 'type' | 'syntax' {
	const query = Object.fromEntries(request.query);
	if (request.body === '' || request.method === 'GET') return query;
	if (contentType(request).startsWith('application/x-www-form-urlencoded')) {
		return { ...query, ...Object.fromEntries(new URLSearchParams(request.body)) };
	}
	const parsed = jsonObject(request);
	return parsed.ok ? { ...query, ...parsed.value } : parsed.reason;
}

/** A list, sent as such or as its JSON text. */
function list(value: unknown): unknown[] | 'broken' | undefined {
	if (value === undefined || value === '') return undefined;
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		return Array.isArray(parsed) ? parsed : 'broken';
	} catch {
		return 'broken';
	}
}

/** The id of the conversation meant by an id, `#name`, `name`, a member's id or `@name`. */
function conversation(seed: Seed, wanted: string): string | undefined {
	const name = wanted.replace(/^[#@]/, '');
	const channel = channels.find(({ id, name: called }) => id === wanted || called === name);
	const rep = seed.team.find(
		({ id, slackId }) => slackId === wanted || direct(slackId) === wanted || id === name,
	);
	return channel?.id ?? (rep && direct(rep.slackId));
}

function direct(slackId: string): string {
	return slackId.replace(/^U/, 'D');
}

function member(rep: Seed['team'][number]): Json {
	const name = rep.name;
	return {
		id: rep.slackId,
		team_id: bot.team_id,
		name: rep.id,
		deleted: false,
		real_name: name,
		tz: rep.timezone,
		is_bot: false,
		profile: { email: rep.email, real_name: name, display_name: name },
	};
}

function published(message: Message): Json {
	const { ts, text, blocks, attachments, threadTs } = message;
	return {
		type: 'message',
		subtype: 'bot_message',
		ts,
		text,
		...(blocks ? { blocks } : {}),
		...(attachments ? { attachments } : {}),
		...(threadTs ? { thread_ts: threadTs } : {}),
		username: 'lead-handoff',
		bot_id: bot.bot_id,
	};
}
