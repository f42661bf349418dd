import type { Seed, VendorReply, VendorRequest } from '../port';
import { bearer, contentType, isObject, unknownKeys, type Json } from '../request';
import type { Account } from './account';
import {
	COMPANY_INPUT,
	COMPANY_OUTPUT,
	CONTACT_OUTPUT,
	findCompany,
	findContact,
	isEmpty,
	PERSON_INPUT,
	RECORDS_AT_ONCE,
	type Found,
} from './records';
import { gtmRefusal, JSON_API } from './refusals';
import { searchContacts } from './search';

/** What the narrow package lacks. */
const NOT_INCLUDED = ['mobilePhone', 'mobilePhoneDoNotCall'];

interface Kind {
	readonly type: string;
	readonly inputs: string;
	readonly known: readonly string[];
	readonly output: readonly string[];
	readonly record: string;
	readonly find: typeof findContact;
}

const KINDS: Readonly<Record<string, Kind>> = {
	'/contacts/enrich': {
		type: 'ContactEnrich',
		inputs: 'matchPersonInput',
		known: PERSON_INPUT,
		output: CONTACT_OUTPUT,
		record: 'Contact',
		find: findContact,
	},
	'/companies/enrich': {
		type: 'CompanyEnrich',
		inputs: 'matchCompanyInput',
		known: COMPANY_INPUT,
		output: COMPANY_OUTPUT,
		record: 'Company',
		find: findCompany,
	},
};

/** The current API: JSON:API behind OAuth2. https://docs.zoominfo.com */
export function gtm(seed: Seed, account: Account, request: VendorRequest): VendorReply {
	const token = bearer(request);
	const narrow = token === seed.secrets.zoominfoNarrowToken;
	if (token !== seed.secrets.zoominfoToken && !narrow) return gtmRefusal(401, 'ZI0001');
	const path = request.path.replace('/gtm/data/v1', '');
	const denied = narrow ? NOT_INCLUDED : [];
	if (request.method === 'GET' && path === '/lookup/enrich') return outputFields(request, denied);
	if (request.method !== 'POST') return gtmRefusal(404, 'PFAPI0404');
	const body = document(request);
	if (!body) return gtmRefusal(400, 'PFAPI0005', 'Request body is not a JSON:API document');
	if (path === '/contacts/search') return searchContacts(seed.personas, request, body);
	const kind = KINDS[path];
	return kind
		? enrich({ seed, account, kind, body, denied })
		: gtmRefusal(404, 'PFAPI0404', 'Not found');
}

function enrich(call: {
	readonly seed: Seed;
	readonly account: Account;
	readonly kind: Kind;
	readonly body: Json;
	readonly denied: readonly string[];
}): VendorReply {
	const { seed, account, kind, body, denied } = call;
	const attributes = isObject(body['attributes']) ? body['attributes'] : {};
	const inputs = attributes[kind.inputs];
	const fields = attributes['outputFields'];
	if (body['type'] !== kind.type || !Array.isArray(inputs) || !Array.isArray(fields)) {
		return gtmRefusal(400, 'PFAPI0005', `data must be a ${kind.type} with ${kind.inputs}`);
	}
	const odd = unknownKeys(attributes, [kind.inputs, 'outputFields', 'requiredFields']);
	const oddInput = inputs.filter(isObject).flatMap((one) => unknownKeys(one, kind.known));
	if (odd.length + oddInput.length > 0) {
		return gtmRefusal(400, 'PFAPI0006', `Unknown field: ${[...odd, ...oddInput].join(', ')}`);
	}
	if (inputs.length === 0 || inputs.length > RECORDS_AT_ONCE) {
		return gtmRefusal(400, 'PFAPI0007', `Between 1 and ${RECORDS_AT_ONCE} inputs are allowed`);
	}
	const asked = fields.map(String);
	const invalid = asked.filter((name) => !kind.output.includes(name) || denied.includes(name));
	if (invalid.length > 0) {
		return gtmRefusal(400, 'PFAPI0009', `Disallowed output fields: ${invalid.join(', ')}`);
	}
	if (account.credits < 1) return gtmRefusal(400, 'PFAPI0011', 'Credit limit exceeded');
	const required = Array.isArray(attributes['requiredFields']) ? attributes['requiredFields'] : [];
	const lacks = ({ attributes: known }: Found) =>
		known !== undefined && required.some((name) => isMissing(known[String(name)]));
	let bought = false;
	const data = inputs.filter(isObject).map((input) => {
		const found = isEmpty(input)
			? { status: 'INVALID_INPUT', id: '0' }
			: kind.find(seed.personas, input, asked);
		if (lacks(found)) {
			const nobody = { status: 'NON_MATCH_BY_REQUIRED_FIELDS', id: '0' };
			return resource(kind.record, nobody, input);
		}
		const paid = found.attributes === undefined || account.buy(found.id);
		bought ||= found.attributes !== undefined && paid;
		return resource(kind.record, paid ? found : { status: 'LIMIT_EXCEEDED', id: '0' }, input);
	});
	return { status: 200, headers: { 'content-type': JSON_API }, body: { data }, wrote: bought };
}

const isMissing = (value: unknown) =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);

const resource = (type: string, { id, status, attributes }: Found, input: Json) => ({
	id,
	type: attributes ? type : 'NoMatch',
	...(attributes && { attributes }),
	meta: { matchStatus: status, input },
});

function outputFields({ query }: VendorRequest, denied: readonly string[]): VendorReply {
	const entity = query.get('filter[entity]');
	const fields = entity === 'contact' ? CONTACT_OUTPUT : COMPANY_OUTPUT;
	if (
		!['contact', 'company'].includes(entity ?? '') ||
		query.get('filter[fieldType]') !== 'output'
	) {
		return gtmRefusal(400, 'PFAPI0006', 'filter[entity] and filter[fieldType] are required');
	}
	const type = entity === 'contact' ? 'ContactEnrichOutput' : 'CompanyEnrichOutput';
	const data = fields
		.filter((name) => !denied.includes(name))
		.map((fieldName) => ({
			id: fieldName,
			type,
			attributes: { fieldName, description: fieldName },
		}));
	return { status: 200, headers: { 'content-type': JSON_API }, body: { data } };
}

/** The `data` of a JSON:API document. */
function document(request: VendorRequest): Json | undefined {
	if (!contentType(request).startsWith(JSON_API)) return undefined;
	try {
		const parsed: unknown = JSON.parse(request.body);
		const data = isObject(parsed) ? parsed['data'] : undefined;
		return isObject(data) ? data : undefined;
	} catch {
		return undefined;
	}
}
