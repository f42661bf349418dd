import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { REFUSALS, verify } from '../../lib/domain/signature';
import { signatures } from '../../lib/vendors/signatures';
import { eachItem } from '../shared/each-item';
import { deliveryOf } from './delivery';
import { fields } from './fields';
import { refuseUnusable, schemeOf, secretsOf } from './scheme';

const titles = Object.fromEntries(signatures.map(({ id, title }) => [id, title]));

export class WebhookVerifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webhook Verifier',
		name: 'webhookVerifier',
		icon: { light: 'file:webhookVerifier.svg', dark: 'file:webhookVerifier.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: `={{ ${JSON.stringify(titles)}[$parameter["sender"]] ?? "generic HMAC" }}`,
		description: 'Let signed deliveries through and turn forged or replayed ones aside',
		defaults: { name: 'Webhook Verifier' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Verified', 'Rejected'],
		usableAsTool: true,
		credentials: [{ name: 'webhookSigningSecretApi', required: true, testedBy: 'secretIsUsable' }],
		properties: fields,
	};

	methods = { credentialTest: { secretIsUsable } };

	async execute(this: IExecuteFunctions) {
		const credential = await this.getCredentials('webhookSigningSecretApi');
		const secrets = secretsOf(credential);
		return await eachItem(this, { stage: 'verified', outputs: 2 }, async (lead) => {
			const scheme = schemeOf(this, lead.index);
			refuseUnusable(scheme, secrets);
			const seconds = this.getNodeParameter('options.toleranceSeconds', lead.index, 0) as number;
			const now = Date.now();
			const verdict = verify(scheme, await deliveryOf(this, lead), secrets, {
				now,
				...(seconds > 0 && { toleranceMs: seconds * 1000 }),
			});
			const common = { scheme: scheme.id, receivedAt: new Date(now).toISOString() };
			const age = verdict.ageMs === undefined ? {} : { ageMs: verdict.ageMs };
			if (!verdict.ok) {
				const { reason } = verdict;
				const verification = {
					ok: false,
					...common,
					reason,
					explanation: REFUSALS[reason],
					...age,
				};
				return { output: 1, add: { verification }, note: REFUSALS[reason] };
			}
			const { eventId, timestamp, secretIndex } = verdict;
			const verification = {
				ok: true,
				...common,
				secretIndex,
				...(eventId !== undefined && { eventId }),
				...(timestamp !== undefined && { timestamp: new Date(timestamp).toISOString() }),
				...age,
			};
			return { output: 0, add: { verification }, note: `signed by ${scheme.title}` };
		});
	}
}

/** n8n's *Test* button: whether the secret could be a key at all; only a delivery can show that it is the right one. */
async function secretIsUsable(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const secret = String(data?.['secret'] ?? '').trim();
	const broken =
		secret.startsWith('whsec_') &&
		signatures.some(({ id, key }) => id === 'standard-webhooks' && key?.(secret) === null);
	if (!secret) return { status: 'Error', message: 'The secret is empty' };
	if (broken)
		return {
			status: 'Error',
			message: 'After whsec_ this is not base64: copy the secret again, whole',
		};
	return {
		status: 'OK',
		message: 'The secret can be used. The first delivery shows whether it is the right one',
	};
}
