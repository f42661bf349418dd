import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { publicKey } from '../../../lib/domain/signature/public-key';
import { signatures } from '../../../lib/vendors/signatures';
import { materialOf } from './material';

/** n8n's *Test* button: whether the fields could be keys at all; only a delivery can show that they are the right ones. */
export async function secretIsUsable(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { secrets, publicKeys, expectedIds } = materialOf(data ?? {});
	if (secrets.length + publicKeys.length + expectedIds.length === 0)
		return {
			status: 'Error',
			message: 'Nothing is filled in: a secret, a public key or an expected ID is needed',
		};
	if (
		secrets.some(
			(secret) => secret.startsWith('whsec_') && !isStandardSecret(secret) && secret.length < 38,
		)
	)
		return {
			status: 'Error',
			message: 'A secret starts with whsec_ but is cut off: copy it again, whole',
		};
	if (secrets.some((secret) => secret.includes('PRIVATE KEY') || secret.includes('PUBLIC KEY')))
		return {
			status: 'Error',
			message:
				"A key pair's half is no shared secret: public keys go into 'Public Keys', private ones stay with the sender",
		};
	if (publicKeys.some((text) => !isKey(text)))
		return {
			status: 'Error',
			message:
				"'Public Keys' holds something that is neither PEM, base64, whpk_… nor a JSON Web Key Set",
		};
	return {
		status: 'OK',
		message: 'The fields can be used. The first delivery shows whether they are the right ones',
	};
}

const standard = signatures.find(({ id }) => id === 'standard-webhooks');

const isStandardSecret = (secret: string) =>
	standard?.proofs.some((proof) => proof.kind === 'hmac' && proof.key?.(secret) !== null) === true;

const isKey = (text: string) =>
	text.startsWith('{') || text.startsWith('whpk_') || publicKey(text) !== null;
