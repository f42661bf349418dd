import type { Delivery } from '../../../lib/domain/signature/received';

type Same = (original: Delivery, altered: Delivery) => boolean;

/**
 * Whether everything that the sender proved is still as it was, though bytes may differ: the weaknesses
 * that `weakness` tells the user, and no more. Reads deliveries on its own, without the package.
 */
export function provenAlike(id: string, original: Delivery, altered: Delivery): boolean {
	return (WEAK[id] ?? strong(id))(original, altered);
}

export const isWeak = (id: string): boolean => id in WEAK;

const sameUrl: Same = (a, b) => a.url === b.url;
const sameMethod: Same = (a, b) => a.method.toUpperCase() === b.method.toUpperCase();
const SIGN_URL = ['hubspot-v2', 'hubspot-v3', 'generic-hmac'];

const strong =
	(id: string): Same =>
	(a, b) =>
		a.body.equals(b.body) && (!SIGN_URL.includes(id) || (sameUrl(a, b) && sameMethod(a, b)));

const header = ({ headers }: Delivery, name: string): unknown => [headers[name]].flat();
const sameHeader =
	(name: string): Same =>
	(a, b) =>
		JSON.stringify(header(a, name)) === JSON.stringify(header(b, name));

/** The name of the authentication scheme may be written in any case. */
const sameAuthorization: Same = (a, b) => {
	const [said, told] = [a, b].map(({ headers }) => {
		const [, kind = '', value] = /^(\S+) +(\S+)$/.exec(String(headers.authorization)) ?? [];
		return `${kind.toLowerCase()} ${value}`;
	});
	return said === told;
};

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return undefined;
	}
};
const json = ({ body }: Delivery): unknown => parsed(body.toString('utf8'));

const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
	path.reduce<unknown>(
		(found, name) =>
			typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined,
		value,
	);

const sameToken: Same = (a, b) => {
	const [said, told] = [a, b].map(({ url }) =>
		new URLSearchParams(url.split('?').slice(1).join('?')).getAll('token'),
	);
	return JSON.stringify(said) === JSON.stringify(told);
};

/** Names and values run together: this is what Twilio and Mandrill sign, and all of it. */
function fieldsOf({ body }: Delivery): string {
	const form = new URLSearchParams(body.toString('utf8'));
	const names = [...new Set(form.keys())].sort();
	const values = (name: string) => [...new Set(form.getAll(name))].sort();
	return names.flatMap((name) => values(name).map((value) => name + value)).join('');
}

const sameFields: Same = (a, b) => fieldsOf(a) === fieldsOf(b);

/** As Twilio's SDK tries them: another spelling of host, port and escapes is the same URL. */
const sameAddress: Same = (a, b) => {
	const [said, told] = [a, b].map(({ url }) => {
		if (!URL.canParse(url)) return url;
		const { protocol, hostname, pathname, search } = new URL(url);
		return JSON.stringify([protocol, hostname, pathname, [...new URLSearchParams(search)]]);
	});
	return said === told;
};

/** Fields of the body that are the whole proof. */
const sameIn =
	(...paths: ReadonlyArray<readonly string[]>): Same =>
	(a, b) =>
		paths.every(
			(path) =>
				at(json(a), ...path) !== undefined &&
				JSON.stringify(at(json(a), ...path)) === JSON.stringify(at(json(b), ...path)),
		);

const everyState: Same = (a, b) => {
	const items = at(json(b), 'value');
	const state = at(json(a), 'value', 0, 'clientState');
	const tokens = at(json(b), 'validationTokens');
	const token = at(json(a), 'validationTokens', 0);
	return (
		Array.isArray(items) &&
		items.length > 0 &&
		items.every((item: unknown) => at(item, 'clientState') === state) &&
		(tokens === undefined
			? items.every((item: unknown) => at(item, 'encryptedContent') === undefined)
			: Array.isArray(tokens) && tokens.length > 0 && tokens.every((one: unknown) => one === token))
	);
};

const organization = ({ body }: Delivery) =>
	/<(?:\w+:)?OrganizationId[^>]*>\s*(\w{15})(?:\w{3})?\s*</.exec(body.toString('utf8'))?.[1];

const WEAK: Readonly<Record<string, Same>> = {
	twilio: (a, b) =>
		(sameFields(a, b) && sameAddress(a, b)) || a.url + fieldsOf(a) === b.url + fieldsOf(b),
	mandrill: (a, b) => sameFields(a, b) && sameUrl(a, b),
	mailgun: sameIn(['signature', 'timestamp'], ['signature', 'token']),
	'segment-batch': (a, b) =>
		JSON.stringify(at(json(a), 0)) === JSON.stringify(at(json(b), 0)) ||
		JSON.stringify(at(json(a), 0)) === b.body.toString('utf8'),
	'google-ads': sameIn(['google_key']),
	'google-channel': (a, b) =>
		sameHeader('x-goog-channel-token')(a, b) && sameHeader('x-goog-channel-id')(a, b),
	'microsoft-graph': everyState,
	'salesforce-outbound': (a, b) =>
		organization(a) !== undefined && organization(a) === organization(b),
	mailchimp: sameToken,
	activecampaign: sameToken,
	apollo: sameToken,
	'url-token': sameToken,
	marketo: sameHeader('x-marketo-token'),
	clay: sameHeader('x-webhook-secret'),
	zoominfo: sameHeader('x-zoominfo-token'),
	'static-header': sameHeader('x-api-key'),
	pipedrive: sameAuthorization,
	basic: sameAuthorization,
	bearer: sameAuthorization,
	rudderstack: sameAuthorization,
	jwt: sameAuthorization,
};
