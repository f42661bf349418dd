import { PipelineError } from '../../../lib/domain/errors';
import { publicKey } from '../../../lib/domain/signature/public-key';
import type { Material, Scheme } from '../../../lib/domain/signature/scheme';

export const CREDENTIAL = 'webhookSigningSecretApi';

/** The credential's fields as the lists that schemes are judged with; the current secret first. */
export function materialOf(data: Readonly<Record<string, unknown>>): Material {
	const { secret, previousSecret, moreSecrets, publicKeys, expectedIds } = data;
	return {
		secrets: [
			...lines(secret, null),
			...lines(previousSecret, null),
			...lines(moreSecrets, /\r?\n/),
		],
		publicKeys: splitKeys(String(publicKeys ?? '')),
		expectedIds: lines(expectedIds, /[,\s]+/),
	};
}

function lines(value: unknown, separator: RegExp | null): string[] {
	const text = String(value ?? '');
	return (separator ? text.split(separator) : [text]).map((one) => one.trim()).filter(Boolean);
}

/** Several PEM blocks, a JSON Web Key Set, or base64 keys, one per line. */
function splitKeys(text: string): string[] {
	const trimmed = text.trim();
	if (trimmed.startsWith('{')) return [trimmed];
	const pems = trimmed.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g);
	return pems ? [...pems] : lines(trimmed, /\s+/);
}

/** What this sender's deliveries are proven with is in the credential, and in the form that the sender gives it out. Throws `CONFIG_INVALID`: it would refuse every delivery without saying why. */
export function requireMaterial(scheme: Scheme, material: Material) {
	const missing = MISSING[scheme.needs](material);
	if (missing) {
		throw new PipelineError(
			'CONFIG_INVALID',
			`The credential 'Webhook Signing Secret' has no ${missing}, so nothing from ${scheme.title} can be verified. You find it here: ${scheme.where}`,
		);
	}
	const bad = unusable(scheme, material);
	if (!bad) return;
	throw new PipelineError(
		'CONFIG_INVALID',
		`${bad} in the credential is not a key as ${scheme.title} gives it out. Copy it again, whole`,
	);
}

const MISSING: Readonly<Record<Scheme['needs'], (material: Material) => string | null>> = {
	secret: ({ secrets }) => (secrets.length > 0 ? null : 'secret'),
	'public-key': ({ publicKeys, secrets }) =>
		publicKeys.length + secrets.length > 0 ? null : 'public key',
	'secret-or-public-key': ({ publicKeys, secrets }) =>
		publicKeys.length + secrets.length > 0 ? null : 'secret and no public key',
	'expected-id': ({ expectedIds }) => (expectedIds.length > 0 ? null : 'expected ID'),
};

/** The first secret or key that no proof of the scheme can use. */
function unusable({ proofs }: Scheme, { secrets, publicKeys }: Material): string | null {
	const takes = (text: string) =>
		proofs.some((proof) => {
			if (proof.kind === 'hmac') return proof.key ? proof.key(text) !== null : true;
			if (proof.kind === 'public-key') return (proof.key ?? publicKey)(text) !== null;
			if (proof.kind === 'token' && proof.known !== 'expected-id')
				return proof.expected ? proof.expected(text) !== null : true;
			return true;
		});
	const secret = secrets.findIndex((text) => !takes(text));
	if (secret >= 0) return ["'Secret'", "'Previous Secret'"][secret] ?? "A line of 'More Secrets'";
	const asymmetric = proofs.some(({ kind }) => kind === 'public-key');
	return asymmetric && publicKeys.some((text) => !takes(text)) ? "'Public Keys'" : null;
}
