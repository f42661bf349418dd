import { type ActivityKind, activityKind } from '../../domain/activity';
import { statements } from '../../domain/form-consent';
import { own } from '../../domain/own';
import { byName, OF_THE_THING } from './by-name';
import { refusalOf } from './consent-of';
import type { LeadSource, SourceRecord } from './port';
import { all, first, list, part, type Payload, present, text, without } from './read';

// https://segment.com/docs/connections/spec/common/
export const segment: LeadSource = {
	id: 'segment',
	title: 'Segment',
	docs: 'https://segment.com/docs/connections/spec/common/',
	recognises: (payload) => all(payload, isCall) || all(batchOf(payload), isCall),
	read: (payload) => list(batchOf(payload) ?? payload).map(recordOf),
};

const KINDS: Readonly<Record<string, SourceRecord['kind']>> = {
	identify: 'lead',
	track: 'activity',
	page: 'activity',
	screen: 'activity',
	group: 'account',
	alias: 'other',
};

const isCall = (call: Payload) =>
	Object.hasOwn(KINDS, text(call['type']) ?? '') &&
	typeof call['messageId'] === 'string' &&
	('userId' in call || 'anonymousId' in call);

const batchOf = (payload: unknown) => part(payload)['batch'];

function recordOf(call: Payload): SourceRecord {
	const { traits, messageId, userId, anonymousId, groupId } = call;
	const [type, eventId, anonymous] = [text(call['type']) ?? '', text(messageId), text(anonymousId)];
	const [context, properties] = [part(call['context']), part(call['properties'])];
	const said = byName({ ...part(context['traits']), ...part(traits) });
	const mentioned = byName(without(properties, OF_THE_THING)).fields;
	const occurredAt = first(call['timestamp'], call['originalTimestamp'], call['sentAt']);
	const name = text(first(call['event'], call['name']));
	const kind = activityOf(type, name);
	const { categoryPreferences } = part(context['consent']);
	return {
		kind: own(KINDS, type) ?? 'other',
		system: 'segment',
		recordId: text(type === 'group' ? groupId : userId),
		event: type === 'track' ? (name ?? type) : type,
		eventId,
		occurredAt,
		fields: {
			...visitOf(context, properties),
			...mentioned,
			...said.fields,
			...(type === 'group' && { fullName: undefined, companyName: said.fields.fullName }),
		},
		consent: statements(said.consent, refusalOf(kind)),
		custom: present({ ...said.custom, consentCategories: categoryPreferences }),
		activities: kind ? [{ kind, name, occurredAt, id: eventId, properties }] : [],
		...(anonymous && { externalIds: { 'segment-anonymous': anonymous } }),
	};
}

function activityOf(type: string, name: string | undefined): ActivityKind | undefined {
	if (type === 'page' || type === 'screen') return 'page_view';
	return type === 'track' ? activityKind(name ?? '') : undefined;
}

function visitOf(context: Payload, properties: Payload) {
	const { name, source, medium, term, content } = part(context['campaign']);
	const page = part(context['page']);
	return present({
		utmCampaign: name,
		utmSource: source,
		utmMedium: medium,
		utmTerm: term,
		utmContent: content,
		landingPage: first(page['url'], properties['url']),
		referrer: first(page['referrer'], properties['referrer']),
		timezone: context['timezone'],
	});
}
