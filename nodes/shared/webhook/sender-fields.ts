import type { INodeProperties } from 'n8n-workflow';
import { signatures } from '../../../lib/vendors/signatures';
import type { Scheme } from '../../../lib/domain/signature/scheme';
import { genericFields } from './generic-fields';
import { FACTORIES } from './scheme';
import { tokenFields } from './token-fields';

const byTitle = (left: { name: string }, right: { name: string }) =>
	left.name.localeCompare(right.name, 'en');

const presets = signatures.map(({ id, title }: Scheme) => ({ name: title, value: id }));

const OTHERS: Readonly<Record<string, string>> = {
	'generic-hmac': 'Any sender that signs with a shared secret, described by its documents',
	jwt: 'Any sender that proves itself with a JSON Web Token',
	'static-header': 'For senders that sign nothing, but can send a header',
	'url-token': 'For senders that can do nothing else',
};

const others = FACTORIES.map(({ factory: { id, title } }) => ({
	name: `Other (${title})`,
	value: id,
	...(OTHERS[id] && { description: OTHERS[id] }),
}));

/** Senders of which some settings mean nothing, told by their schemes; what the user describes may be anything. */
const idsOf = (has: (scheme: Scheme) => boolean): string[] => [
	...signatures.filter(has).map(({ id }) => id),
	'generic-hmac',
];

/** Those for whose proof the URL counts. */
export const SIGN_THEIR_URL = idsOf(({ signsUrl }) => signsUrl === true);

/** Those that say when they signed. */
export const HAVE_A_CLOCK = idsOf(
	({ toleranceMs, mayHaveClock }) => toleranceMs !== null || mayHaveClock === true,
);

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
export const senderNotices: INodeProperties[] = [
	...signatures,
	...FACTORIES.map(({ factory }) => factory),
].flatMap((scheme: Noticed) => {
	const { id, weakness } = scheme;
	// A box of its own: n8n takes line breaks and bold letters out of notices.
	const risk = weakness ? [noticeFor(id, 'weakness', `Not protected: ${weakness}`)] : [];
	return [noticeFor(id, 'notice', noticeOf(scheme)), ...risk];
});

function noticeFor(id: string, kind: string, displayName: string): INodeProperties {
	return {
		displayName,
		name: `${kind}-${id}`,
		type: 'notice',
		default: '',
		displayOptions: { show: { sender: [id] } },
	};
}

type Noticed = Pick<Scheme, 'id' | 'where' | 'docs' | 'needs' | 'weakness'>;

function noticeOf({ where, docs, needs }: Noticed): string {
	const field =
		needs === 'expected-id' ? 'Expected ID' : needs === 'public-key' ? 'Public key' : 'Secret';
	const link = `<a href="${docs}" target="_blank">Its documentation</a>`;
	return `${field} for the credential: ${where}. ${link}.`;
}

export const senderFields: INodeProperties[] = [
	senderField,
	...senderNotices,
	...genericFields,
	...tokenFields,
];

const titles = Object.fromEntries([...presets, ...others].map(({ name, value }) => [value, name]));

/** For the line under the node's name; an expression, without its braces. */
export const senderTitle = `${JSON.stringify(titles)}[$parameter["sender"]] ?? $parameter["sender"]`;

export const senderSubtitle = `={{ ${senderTitle} }}`;
