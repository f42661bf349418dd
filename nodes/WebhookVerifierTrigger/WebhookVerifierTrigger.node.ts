import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { queueModeHints } from '../shared/store-fields';
import { confirmCredentials } from '../shared/webhook/confirm-fields';
import { memoryCredentials } from '../shared/webhook/replay-fields';
import { secretIsUsable } from '../shared/webhook/secret-test';
import { senderSubtitle } from '../shared/webhook/sender-fields';
import { checkSettings } from './activate';
import { fields } from './fields';
import { receive } from './receive';
import { webhooks } from './webhooks';

const MODES =
	'<b>While you build</b>, click the button and have the sender call the test URL. <b>Then</b> publish the workflow and register the production URL with the sender.';

export class WebhookVerifierTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webhook Verifier Trigger',
		name: 'webhookVerifierTrigger',
		icon: {
			light: 'file:webhookVerifierTrigger.svg',
			dark: 'file:webhookVerifierTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: senderSubtitle,
		description: 'Starts the workflow on signed deliveries; answers forged ones before it starts',
		eventTriggerDescription: 'Waiting for a signed delivery to the test URL',
		activationMessage:
			'You can now register the production URL with the sender. Only deliveries that it has signed start an execution.',
		defaults: { name: 'Webhook Verifier Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		outputNames: ['Verified'],
		credentials: [
			{ name: 'webhookSigningSecretApi', required: true, testedBy: 'secretIsUsable' },
			...confirmCredentials,
			...memoryCredentials,
		],
		hints: queueModeHints(),
		webhooks,
		sensitiveOutputFields: ['headers.authorization', 'headers.cookie', 'headers.x-api-key'],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive: `${MODES} Forged deliveries and subscription checks are answered and do not end the test.`,
				active: `${MODES} The <a data-key="executions">executions list</a> shows verified deliveries only; the others are counted, see the Report of the Webhook Verifier.`,
			},
			activationHint:
				'Once you have finished, publish the workflow and register the production URL with the sender.',
		},
		properties: fields,
	};

	methods = { credentialTest: { secretIsUsable } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				// Nothing is registered with the sender: `create` is where n8n asks whether it may go live.
				return await Promise.resolve(false);
			},
			async create(this: IHookFunctions) {
				await checkSettings(this);
				return true;
			},
			async delete(this: IHookFunctions) {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this);
	}
}
