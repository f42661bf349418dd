import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { assertCredentialAllowsUrl } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { httpClient, type Http, type HttpRequest } from '../../lib/runtime/http';
import { attempt } from '../CrmUpsert/attempt';
import { openAnonymousSend } from '../shared/anonymous-send';
import type { Vendor } from '../shared/context';
import { readCredential } from '../shared/credential';
import { openHttp } from '../shared/transport';
import { vendorPolicies } from '../shared/vendor-policies';

/**
 * The client of an API that the user has described, with n8n's own credential types. As in n8n's HTTP
 * Request node, a credential goes to the domains that it is allowed for and to no others.
 */
export function openCustom(node: IExecuteFunctions, vendor: Vendor): Http {
	const type = vendor.credential;
	if (!type) return anonymous(node, vendor);
	const http = openHttp(node, { ...vendor, oauth2: type === 'oAuth2Api' });
	return {
		async send(request) {
			const credential = await readCredential(node, type);
			requireAllowed(node, { credential, url: request.url, title: vendor.title });
			return await http.send(signed(request, type, credential));
		},
	};
}

const anonymous = (node: IExecuteFunctions, vendor: Vendor): Http =>
	httpClient(openAnonymousSend(node, vendor.vendor), {
		...vendor,
		signal: node.getExecutionCancelSignal?.(),
		policies: vendorPolicies(node, vendor),
	});

function requireAllowed(
	node: IExecuteFunctions,
	{
		credential,
		url,
		title,
	}: { credential: ICredentialDataDecryptedObject; url: string; title: string },
) {
	const refusal = attempt(() =>
		assertCredentialAllowsUrl({ node: node.getNode(), credentialData: credential, url }),
	);
	if (!(refusal instanceof Error)) return;
	throw new PipelineError(
		'CONFIG_INVALID',
		`The credential of '${title}' is not allowed for ${new URL(url).host}: see its 'Allowed HTTP Request Domains'`,
		{ cause: refusal },
	);
}

/** Types that n8n signs in its HTTP Request node only; the others sign themselves. */
function signed(
	request: HttpRequest,
	type: string,
	{ name, value, user, password }: ICredentialDataDecryptedObject,
): HttpRequest {
	if (type === 'httpQueryAuth') {
		return { ...request, query: { ...request.query, [String(name)]: String(value) } };
	}
	if (type !== 'httpBasicAuth') return request;
	const token = Buffer.from(`${String(user ?? '')}:${String(password ?? '')}`).toString('base64');
	return { ...request, headers: { ...request.headers, authorization: `Basic ${token}` } };
}
