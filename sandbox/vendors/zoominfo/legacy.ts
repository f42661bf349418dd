import type { Seed, VendorReply, VendorRequest } from '../port';
import { bearer, isObject, jsonObject, unknownKeys, type Json } from '../request';
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
} from './records';
import { legacyRefusal } from './refusals';

const KINDS = {
	'/enrich/contact': {
		inputs: 'matchPersonInput',
		known: PERSON_INPUT,
		output: CONTACT_OUTPUT,
		find: findContact,
	},
	'/enrich/company': {
		inputs: 'matchCompanyInput',
		known: COMPANY_INPUT,
		output: COMPANY_OUTPUT,
		find: findCompany,
	},
} as const;

type Path = keyof typeof KINDS;
const isPath = (path: string): path is Path => path in KINDS;

/** The Enterprise API of before: a JWT for an hour, and errors that are a sentence. */
export function legacy(seed: Seed, account: Account, request: VendorRequest): VendorReply {
	if (request.path === '/authenticate') return authenticate(seed, request);
	if (bearer(request) !== seed.secrets.zoominfoJwt) return legacyRefusal(401, 'Unauthorized');
	if (request.method === 'GET' && request.path === '/lookup/outputfields/contact/enrich') {
		const fields = CONTACT_OUTPUT.map((fieldName) => ({ fieldName, accessGranted: true }));
		return { status: 200, body: { success: true, data: fields } };
	}
	if (request.method !== 'POST' || !isPath(request.path)) return legacyRefusal(404, 'Not found');
	const parsed = jsonObject(request);
	if (!parsed.ok) return legacyRefusal(400, 'Request body is not JSON');
	return enrich(KINDS[request.path], { seed, account, body: parsed.value });
}

function enrich(
	kind: (typeof KINDS)[Path],
	{ seed, account, body }: { seed: Seed; account: Account; body: Json },
): VendorReply {
	const { [kind.inputs]: inputs, outputFields } = body;
	const unknown = unknownKeys(body, [kind.inputs, 'outputFields', 'requiredFields']);
	if (unknown.length > 0 || !Array.isArray(inputs) || !Array.isArray(outputFields)) {
		return legacyRefusal(400, `Invalid input: ${unknown.join(', ') || kind.inputs}`);
	}
	if (inputs.length === 0 || inputs.length > RECORDS_AT_ONCE) {
		return legacyRefusal(400, `Maximum of ${RECORDS_AT_ONCE} records per request`);
	}
	const records = inputs.filter(isObject);
	const asked = outputFields.map(String);
	const invalid = [
		...records.flatMap((one) => unknownKeys(one, kind.known)),
		...asked.filter((name) => !kind.output.includes(name)),
	];
	if (invalid.length > 0) return legacyRefusal(400, `Invalid fields: ${invalid.join(', ')}`);
	if (account.credits < 1) return legacyRefusal(400, 'Credit limit exceeded for this account');
	let bought = false;
	const result = records.map((input) => {
		const found = isEmpty(input)
			? { status: 'INVALID_INPUT', id: '0', attributes: undefined }
			: kind.find(seed.personas, input, asked);
		const paid = found.attributes === undefined || account.buy(found.id);
		bought ||= found.attributes !== undefined && paid;
		return {
			input: Object.fromEntries(
				Object.entries(input).map(([name, value]) => [name.toLowerCase(), value]),
			),
			data: paid && found.attributes ? [asBefore(found.attributes)] : [],
			matchStatus: paid ? found.status : 'LIMIT_EXCEEDED',
		};
	});
	const data = { outputFields: [asked.map((name) => name.toLowerCase())], result };
	return { status: 200, body: { success: true, data }, wrote: bought };
}

/** Job functions were a list, and the accuracy a number. */
function asBefore({ jobFunction, contactAccuracyScore, ...attributes }: Json): Json {
	return {
		...attributes,
		...(jobFunction !== undefined && { jobFunction: [jobFunction] }),
		...(contactAccuracyScore !== undefined && {
			contactAccuracyScore: Number(contactAccuracyScore),
		}),
	};
}

/** By password, or by a JWT that the caller has signed with its own key: then only its claims are read here. */
function authenticate({ secrets, now }: Seed, request: VendorRequest): VendorReply {
	if (request.method !== 'POST') return legacyRefusal(405, 'Method not allowed');
	const parsed = jsonObject(request);
	const { username, password } = parsed.ok ? parsed.value : {};
	const byPassword = username === secrets.zoominfoUser && password === secrets.zoominfoPassword;
	const claims = claimsOf(bearer(request));
	const byKey =
		claims?.['aud'] === 'enterprise_api' &&
		claims['iss'] === 'api-client@zoominfo.com' &&
		claims['client_id'] === secrets.zoominfoClientId &&
		claims['username'] === secrets.zoominfoUser &&
		Number(claims['exp']) * 1_000 > now();
	if (!byPassword && !byKey) return legacyRefusal(401, 'Invalid user credentials');
	return { status: 200, body: { jwt: secrets.zoominfoJwt } };
}

function claimsOf(token: string | undefined): Json | undefined {
	try {
		const text = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8');
		const claims: unknown = JSON.parse(text);
		return isObject(claims) ? claims : undefined;
	} catch {
		return undefined;
	}
}
