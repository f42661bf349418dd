import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import type { Scheme } from '../../lib/domain/signature';
import { signatures } from '../../lib/vendors/signatures';
import { genericHmac } from '../../lib/vendors/signatures/generic';
import { GENERIC } from './generic-fields';

export function secretsOf({ secret, previousSecret }: ICredentialDataDecryptedObject): string[] {
	const secrets = [secret, previousSecret].map((value) => String(value ?? '').trim());
	if (!secrets[0]) {
		throw new PipelineError(
			'CONFIG_INVALID',
			"The credential 'Webhook Signing Secret' has no secret, so nothing can be verified",
		);
	}
	return secrets.filter(Boolean);
}

/** A secret that cannot be a key of this scheme would reject every delivery without saying why. */
export function refuseUnusable(scheme: Scheme, secrets: readonly string[]) {
	const bad = secrets.findIndex((secret) => scheme.key?.(secret) === null);
	if (bad < 0) return;
	const which = bad === 0 ? 'Secret' : 'Previous Secret';
	throw new PipelineError(
		'CONFIG_INVALID',
		`'${which}' in the credential is not a key as ${scheme.title} gives it out. Copy it again, whole`,
	);
}

export function schemeOf(node: IExecuteFunctions, index: number): Scheme {
	const text = (name: string) => node.getNodeParameter(name, index) as string;
	const sender = text('sender');
	if (sender !== GENERIC) {
		const scheme = signatures.find(({ id }) => id === sender);
		if (scheme) return scheme;
		throw new PipelineError(
			'CONFIG_INVALID',
			`'Sender' is "${sender}", which this version does not know`,
		);
	}
	return genericHmac({
		signatureHeader: text('signatureHeader'),
		signedContent: text('signedContent'),
		algorithm: text('algorithm'),
		encoding: text('encoding'),
		prefix: text('prefix'),
		timestampHeader: text('timestampHeader'),
		timestampUnit: text('timestampUnit'),
		eventIdHeader: text('eventIdHeader'),
		secretEncoding: text('secretEncoding'),
	});
}
