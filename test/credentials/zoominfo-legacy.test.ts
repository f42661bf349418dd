import { generateKeyPairSync } from 'node:crypto';
import { verify } from 'jsonwebtoken';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { ZoomInfoLegacyApi } from '../../credentials/ZoomInfoLegacyApi.credentials';
import { secrets } from '../../sandbox/secrets';
import { openZoomInfo } from '../../sandbox/vendors/zoominfo';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const user = { username: secrets.zoominfoUser, clientId: secrets.zoominfoClientId };

/** Signs in at the simulator, as n8n lets the credential do it. */
async function signIn(credentials: ICredentialDataDecryptedObject) {
	const vendor = openZoomInfo({ personas: [], team: [], secrets, now: Date.now });
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		sent.push(options);
		const { pathname, hostname } = new URL(options.url);
		const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
			name.toLowerCase(),
			String(value),
		]);
		const { status, body } = await vendor.handle({
			method: options.method ?? 'GET',
			host: hostname,
			path: pathname,
			query: new URLSearchParams(),
			headers: { 'content-type': 'application/json', ...Object.fromEntries(headers) },
			body: JSON.stringify(options.body ?? {}),
		});
		if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
		return body;
	};
	const token = await new ZoomInfoLegacyApi().preAuthentication.call(
		{ helpers: { httpRequest } },
		credentials,
	);
	return { token, sent };
}

describe('ZoomInfo legacy credential', () => {
	it('signs in with a password', async () => {
		const { token, sent } = await signIn({
			...user,
			signInWith: 'password',
			password: secrets.zoominfoPassword,
		});
		expect(token).toEqual({ accessToken: secrets.zoominfoJwt });
		expect(sent[0]?.headers).toBeUndefined();
		const wrong = signIn({ ...user, signInWith: 'password', password: 'wrong' });
		await expect(wrong).rejects.toThrow('401');
	});

	it.each([
		['as it is', key],
		['on one line', key.trim().replace(/\n/g, ' ')],
		['with its line breaks written out', key.replace(/\n/g, '\\n')],
	])('signs in with a private key %s, and sends no password', async (_, privateKeyText) => {
		const { token, sent } = await signIn({
			...user,
			signInWith: 'privateKey',
			privateKey: privateKeyText,
			password: 'of before',
		});
		expect(token).toEqual({ accessToken: secrets.zoominfoJwt });
		expect(JSON.stringify(sent)).not.toContain('of before');
		const [, assertion = ''] = String(sent[0]?.headers?.['Authorization']).split(' ');
		const claims = verify(assertion, publicKey, {
			algorithms: ['RS256'],
			audience: 'enterprise_api',
			issuer: 'api-client@zoominfo.com',
		});
		expect(claims).toMatchObject({
			username: secrets.zoominfoUser,
			client_id: secrets.zoominfoClientId,
		});
		const { iat = 0, exp = 0 } = claims as { iat?: number; exp?: number };
		expect(exp - iat).toBe(300);
	});
});
