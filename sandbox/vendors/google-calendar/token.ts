import type { Secrets } from '../../secrets';
import type { VendorReply, VendorRequest } from '../port';
import { contentType } from '../request';

/** The OAuth2 token endpoint. https://developers.google.com/identity/protocols/oauth2/web-server */
export function refreshToken(secrets: Secrets, request: VendorRequest, fresh: string): VendorReply {
	if (request.method !== 'POST') return refusal(405, 'invalid_request', 'Method not allowed');
	if (!contentType(request).startsWith('application/x-www-form-urlencoded')) {
		return refusal(400, 'invalid_request', 'The body must be form encoded.');
	}
	const form = new URLSearchParams(request.body);
	const [id, secret] = basic(request) ?? [form.get('client_id'), form.get('client_secret')];
	if (id !== secrets.googleClientId || secret !== secrets.googleClientSecret) {
		return refusal(401, 'invalid_client', 'The OAuth client was not found.');
	}
	if (form.get('grant_type') !== 'refresh_token') {
		return refusal(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type')}`);
	}
	if (form.get('refresh_token') !== secrets.googleRefreshToken) {
		return refusal(400, 'invalid_grant', 'Token has been expired or revoked.');
	}
	return {
		status: 200,
		wrote: true,
		body: {
			access_token: fresh,
			expires_in: 3599,
			scope:
				'https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/calendar.events',
			token_type: 'Bearer',
		},
	};
}

function basic(request: VendorRequest): string[] | undefined {
	const encoded = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
	if (!encoded) return undefined;
	return Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decodeURIComponent);
}

function refusal(status: number, error: string, description: string): VendorReply {
	return { status, body: { error, error_description: description } };
}
