import type { OpenVendor, Seed, VendorReply, VendorRequest } from './port';
import { openAccount } from './zoominfo/account';
import { gtm } from './zoominfo/gtm';
import { legacy } from './zoominfo/legacy';
import { gtmRefusal, legacyRefusal } from './zoominfo/refusals';

const PER_SECOND = 25;
const PER_HOUR = 54_000;
const LOGIN = 'okta-login.zoominfo.com';

/** Both APIs of ZoomInfo, which share a host, an account and its credits; and the token endpoint. */
export const openZoomInfo: OpenVendor = (seed) => {
	const account = openAccount();
	let asked = 0;

	function withLimits(reply: VendorReply): VendorReply {
		asked += 1;
		const headers = {
			'x-ratelimit-limit-second': String(PER_SECOND),
			'x-ratelimit-remaining-second': '-1',
			'x-ratelimit-limit-hour': String(PER_HOUR),
			'x-ratelimit-remaining-hour': String(Math.max(0, PER_HOUR - asked)),
		};
		return { ...reply, headers: { ...headers, ...reply.headers } };
	}

	return {
		id: 'zoominfo',
		hosts: ['api.zoominfo.com', LOGIN],
		handle(request) {
			if (request.host === LOGIN) return token(seed, request);
			const current = request.path.startsWith('/gtm/');
			return withLimits((current ? gtm : legacy)(seed, account, request));
		},
		fail(status) {
			if (status === 401) return gtmRefusal(401, 'ZI0001', 'Invalid access token');
			if (status === 402) return gtmRefusal(400, 'PFAPI0011', 'Credit limit exceeded');
			if (status === 429) {
				const reply = gtmRefusal(429, 'ZI0004', 'Rate limit exceeded');
				return { ...reply, headers: { ...reply.headers, 'x-ratelimit-rejected-bucket': 'second' } };
			}
			return gtmRefusal(status, 'ZI0005', 'ZoomInfo is not available right now');
		},
		drain: account.drain,
		state: () => ({ credits: account.credits, underManagement: account.owned, calls: asked }),
		reset() {
			asked = 0;
			account.reset();
		},
	};
};

/** The same account, when it is the old API that fails. */
export const openZoomInfoLegacy: OpenVendor = (seed) => ({
	...openZoomInfo(seed),
	fail(status) {
		if (status === 401) return legacyRefusal(401, 'Unauthorized');
		if (status === 402) return legacyRefusal(400, 'Credit limit exceeded for this account');
		if (status === 429) return legacyRefusal(429, 'Too many requests');
		return legacyRefusal(status, 'ZoomInfo is not available right now');
	},
});

/** OAuth2, RFC 6749: client credentials and refresh, with the client in the header or the body. */
function token({ secrets }: Seed, request: VendorRequest): VendorReply {
	const form = new URLSearchParams(request.body);
	const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
	const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	const client = form.get('client_id') ?? id;
	const known =
		client === secrets.zoominfoClientId &&
		(form.get('client_secret') ?? secret) === secrets.zoominfoClientSecret;
	if (request.path !== '/oauth2/default/v1/token') return oauthError(404, 'not_found');
	if (!known) return oauthError(401, 'invalid_client');
	const grant = form.get('grant_type');
	if (grant === 'refresh_token' && form.get('refresh_token') !== secrets.zoominfoRefreshToken) {
		return oauthError(400, 'invalid_grant');
	}
	if (grant !== 'refresh_token' && grant !== 'client_credentials') {
		return oauthError(400, 'unsupported_grant_type');
	}
	const body = {
		access_token: secrets.zoominfoToken,
		token_type: 'Bearer',
		expires_in: 86_400,
		scope: 'api:data:contact api:data:company',
		...(grant === 'refresh_token' && { refresh_token: secrets.zoominfoRefreshToken }),
	};
	return { status: 200, body };
}

const oauthError = (status: number, error: string): VendorReply => ({ status, body: { error } });
