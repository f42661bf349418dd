import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachItem } from '../shared/each-item';
import { confirmCredentials } from '../shared/webhook/confirm-fields';
import { replayCredentials } from '../shared/webhook/replay-fields';
import { secretIsUsable } from '../shared/webhook/secret-test';
import { senderSubtitle } from '../shared/webhook/sender-fields';
import { fields } from './fields';
import { verifyItem } from './verify';

/** Verifications that wait for a key or a record at once. */
const CONCURRENCY = 10;

export class WebhookVerifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webhook Verifier',
		name: 'webhookVerifier',
		icon: { light: 'file:webhookVerifier.svg', dark: 'file:webhookVerifier.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: senderSubtitle,
		description: 'Let signed deliveries through and turn forged or replayed ones aside',
		defaults: { name: 'Webhook Verifier' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Verified', 'Rejected', 'Challenge'],
		usableAsTool: true,
		credentials: [
			{ name: 'webhookSigningSecretApi', required: true, testedBy: 'secretIsUsable' },
			...confirmCredentials,
			...replayCredentials,
		],
		properties: fields,
	};

	methods = { credentialTest: { secretIsUsable } };

	async execute(this: IExecuteFunctions) {
		const lanes = { stage: 'verified', outputs: 3, concurrency: CONCURRENCY };
		return await eachItem(this, lanes, (lead) => verifyItem(this, lead));
	}
}
