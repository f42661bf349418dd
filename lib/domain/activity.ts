import { z } from 'zod';
import { Touch } from './attribution';
import { fieldName } from './form';

/** What a person can do, whatever the sender calls it; `other` keeps the sender's name in `name`. */
export const ACTIVITY_KINDS = [
	'email_open',
	'email_click',
	'email_reply',
	'email_bounce',
	'email_unsubscribe',
	'email_spam_report',
	'form_submit',
	'content_download',
	'webinar_register',
	'webinar_attend',
	'page_view',
	'meeting_booked',
	'meeting_rescheduled',
	'meeting_cancelled',
	'meeting_completed',
	'meeting_no_show',
	'cart_update',
	'checkout_start',
	'order_placed',
	'other',
] as const;

export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Something that a person did, once, with the campaign that it came through. */
export const Activity = z.object({
	kind: z.enum(ACTIVITY_KINDS),
	name: z
		.string()
		.min(1)
		.optional()
		.describe("The sender's own name of it, where that says more than `kind`."),
	occurredAt: z.iso.datetime({ offset: true }).describe('ISO 8601, UTC.'),
	id: z.string().min(1).optional().describe("The sender's id, the same on every retry."),
	attribution: Touch.optional(),
	properties: z.record(z.string(), z.unknown()).optional(),
});

export type Activity = z.infer<typeof Activity>;

/** What senders call the kinds, beside the kinds' own names. */
const ALIASES: Readonly<Partial<Record<ActivityKind, readonly string[]>>> = {
	email_open: ['open', 'opened', 'email opened', 'mail open'],
	email_click: ['click', 'clicked', 'link click', 'link clicked', 'email link clicked'],
	email_reply: ['reply', 'replied', 'email replied'],
	email_bounce: ['bounce', 'bounced', 'hard bounce', 'email bounced'],
	email_unsubscribe: ['unsubscribe', 'unsubscribed', 'group unsubscribe', 'opt out'],
	email_spam_report: ['spam report', 'spam', 'complained', 'complaint'],
	form_submit: [
		'form submitted',
		'form submission',
		'form response',
		'form fill',
		'webform submitted',
	],
	content_download: ['download', 'downloaded', 'content downloaded', 'asset download'],
	webinar_register: ['webinar registered', 'webinar registration'],
	webinar_attend: ['webinar', 'webinar attended', 'webinar attendance', 'attended webinar'],
	page_view: ['page', 'page viewed', 'pageview', 'web visit', 'visit web page', 'screen'],
	meeting_booked: [
		'meeting scheduled',
		'booking created',
		'invitee created',
		'appointment booked',
		'demo booked',
	],
	meeting_rescheduled: ['booking rescheduled', 'invitee rescheduled'],
	meeting_cancelled: [
		'meeting canceled',
		'booking cancelled',
		'booking canceled',
		'invitee canceled',
		'invitee cancelled',
	],
	meeting_completed: ['meeting held', 'meeting ended', 'meeting attended'],
	meeting_no_show: ['no show', 'booking no show', 'invitee no show created'],
	cart_update: ['cart updated', 'cart created', 'product added', 'added to cart'],
	checkout_start: ['checkout started', 'checkout created', 'begin checkout'],
	order_placed: ['order completed', 'order created', 'order paid', 'purchase', 'purchased'],
};

const BY_NAME: ReadonlyMap<string, ActivityKind> = new Map(
	ACTIVITY_KINDS.flatMap((kind) =>
		[kind, ...(ALIASES[kind] ?? [])].map((name) => [fieldName(name), kind] as const),
	),
);

/** `Email Opened`, `email.open` and `email_open` are one kind; a name of nobody's is `other`. */
export const activityKind = (name: string): ActivityKind => BY_NAME.get(fieldName(name)) ?? 'other';
