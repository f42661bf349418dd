import { z } from 'zod';
import type { Call } from './call';

export interface NewCredential {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

const Credential = z.object({ id: z.string(), name: z.string(), type: z.string() });
export type Credential = z.infer<typeof Credential>;

export function credentialsApi(call: Call) {
	const list = async (): Promise<Credential[]> =>
		z.array(Credential).parse(await call('GET', '/rest/credentials'));

	/** OAuth2 credentials may bring their tokens as `data.oauthTokenData`: here and never later. */
	const createCredential = async (credential: NewCredential): Promise<Credential> =>
		Credential.parse(await call('POST', '/rest/credentials', credential));

	return {
		credentials: list,
		createCredential,

		/** Creates it, or brings the one of this name and type up to date (OAuth tokens stay). */
		async ensureCredential(credential: NewCredential): Promise<Credential> {
			const known = (await list()).find(
				({ name, type }) => name === credential.name && type === credential.type,
			);
			if (!known) return await createCredential(credential);
			await call('PATCH', `/rest/credentials/${known.id}`, credential);
			return known;
		},

		async deleteCredential(id: string): Promise<void> {
			await call('DELETE', `/rest/credentials/${id}`);
		},
	};
}
