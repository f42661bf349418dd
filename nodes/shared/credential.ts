import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Context } from './context';

type Data = ICredentialDataDecryptedObject;

const known = new WeakMap<Context, Map<string, Promise<Data>>>();

/** The decrypted credential, once per execution: n8n reads its database each time it is asked. */
export async function readCredential(node: Context, type: string): Promise<Data> {
	const read = known.get(node) ?? new Map<string, Promise<Data>>();
	known.set(node, read);
	const data = read.get(type) ?? node.getCredentials(type);
	read.set(type, data);
	return await data.catch((error: unknown) => {
		read.delete(type);
		throw error;
	});
}

/** After a refusal: somebody may have renewed the credential meanwhile. */
export const forgetCredential = (node: Context, type: string) => known.get(node)?.delete(type);
