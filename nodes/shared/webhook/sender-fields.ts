import type { INodeProperties } from 'n8n-workflow';
import { signatures } from '../../../lib/vendors/signatures';
import type { Scheme } from '../../../lib/domain/signature/scheme';
import { GENERIC, genericFields } from './generic-fields';

const byTitle = (left: { name: string }, right: { name: string }) =>
	left.name.localeCompare(right.name, 'en');

const presets = signatures.map(({ id, title }: Scheme) => ({ name: title, value: id }));

const others = [
	{
		name: 'Other (Generic HMAC)',
		value: GENERIC,
		description: 'Any sender that signs with a shared secret, described by its documents',
	},
];

export const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'sender',
	type: 'options',
	noDataExpression: true,

	default: 'standard-webhooks',
	options: [...[...presets].sort(byTitle), ...others],
	description: 'Who sends the deliveries, and so how they are proven',
};

/** What the user should know about this sender, where it is set up. */
export const senderNotices: INodeProperties[] = signatures.map((scheme: Scheme) => ({
	displayName: noticeOf(scheme),
	name: `notice-${scheme.id}`,
	type: 'notice',
	default: '',
	displayOptions: { show: { sender: [scheme.id] } },
}));

function noticeOf({ where, docs, needs, weakness }: Scheme): string {
	const field =
		needs === 'expected-id' ? 'Expected ID' : needs === 'public-key' ? 'Public key' : 'Secret';
	const link = `<a href="${docs}" target="_blank">Its documentation</a>`;
	const found = `${field} for the credential: ${where}. ${link}.`;
	return weakness ? `${found}<br><b>Not protected:</b> ${weakness}` : found;
}

const signUrl = signatures.filter((scheme: Scheme) => scheme.signsUrl).map(({ id }) => id);

/** Senders whose proof covers the URL that they call. */
export const URL_SENDERS: string[] = [...signUrl, GENERIC];

export const senderFields: INodeProperties[] = [senderField, ...senderNotices, ...genericFields];

const titles = Object.fromEntries(presets.map(({ name, value }) => [value, name]));

export const senderSubtitle = `={{ ${JSON.stringify(titles)}[$parameter["sender"]] ?? "generic HMAC" }}`;
