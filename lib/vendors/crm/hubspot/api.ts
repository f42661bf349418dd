import { PipelineError } from '../../../domain/errors';
import type { Http, HttpRequest, HttpResponse } from '../../../runtime/http';
import { refusal } from './refusal';

const BASE = 'https://api.hubapi.com';

/** The numbered paths are unsupported from September 2027: https://developers.hubspot.com/changelog/legacy-apis-and-legacy-apps-whats-going-unsupported-and-when */
const PATHS: Readonly<Record<string, Paths>> = {
	'2026-09': {
		objects: '/crm/objects/2026-09',
		properties: '/crm/properties/2026-09',
		owners: '/crm/owners/2026-09',
		account: '/account-info/2026-09/details',
	},
	v3: {
		objects: '/crm/v3/objects',
		properties: '/crm/v3/properties',
		owners: '/crm/v3/owners',
		account: '/account-info/v3/details',
	},
};

interface Paths {
	readonly objects: string;
	readonly properties: string;
	readonly owners: string;
	readonly account: string;
}

export interface Api {
	readonly paths: Paths;
	/** `path` starts with a slash. Throws a `Refusal` for what HubSpot itself declines. */
	send(request: Omit<HttpRequest, 'url'> & { readonly path: string }): Promise<HttpResponse>;
}

/** Answers whose body names the culprit; read here and not by the client, which keeps 300 characters. 423 and 477 ask to come back later. */
const REFUSALS = [400, 403, 404, 409, 423, 477];

export function openApi(http: Http, apiVersion: string): Api {
	const paths = Object.hasOwn(PATHS, apiVersion) ? PATHS[apiVersion] : undefined;
	if (!paths) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`HubSpot has no API version '${apiVersion}' here. Choose one of: ${Object.keys(PATHS).join(', ')}`,
		);
	}
	return {
		paths,
		async send({ path, ...request }) {
			const response = await http.send({ ...request, url: `${BASE}${path}`, accept: REFUSALS });
			if (response.status >= 300) throw refusal(response);
			return response;
		},
	};
}
