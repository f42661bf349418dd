import type { IDataObject, IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eachItem } from '../shared/each-item';
import { queueModeHints } from '../shared/store-fields';
import { confirmCredentials } from '../shared/webhook/confirm-fields';
import { memoryCredentials } from '../shared/webhook/replay-fields';
import { secretIsUsable } from '../shared/webhook/secret-test';
import { senderTitle } from '../shared/webhook/sender-fields';
import { fields } from './fields';
import { report } from './report';
import { respond } from './respond';
import { verifyItem } from './verify';

/** Verifications that wait for a key or a record at once. */
const CONCURRENCY = 10;

/** Stringified by n8n into the editor: must not refer to anything outside itself. */
const outputsOf = ({ operation }: IDataObject) =>
	operation === 'report'
		? [{ type: 'main', displayName: 'Report' }]
		: operation === 'respond'
			? [{ type: 'main', displayName: 'Responded' }]
			: [
					{ type: 'main', displayName: 'Verified' },
					{ type: 'main', displayName: 'Rejected' },
					{ type: 'main', displayName: 'Challenge' },
				];

export class WebhookVerifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Webhook Verifier',
		name: 'webhookVerifier',
		icon: { light: 'file:webhookVerifier.svg', dark: 'file:webhookVerifier.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: `={{ $parameter["operation"] !== "verify" ? $parameter["operation"] : ${senderTitle} }}`,
		description:
			'Let signed deliveries through, turn forged or replayed ones aside, report on both, and answer',
		defaults: { name: 'Webhook Verifier' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${outputsOf.toString()})($parameter)}}`,
		usableAsTool: true,
		credentials: [
			{
				name: 'webhookSigningSecretApi',
				required: true,
				testedBy: 'secretIsUsable',
				displayOptions: { show: { '/operation': ['verify'] } },
			},
			...confirmCredentials,
			...memoryCredentials,
		],
		hints: queueModeHints().map((hint) => ({
			...hint,
			displayCondition:
				'={{ $parameter["operation"] !== "respond" && $parameter["store"] !== "redis" }}',
		})),
		properties: fields,
	};

	methods = { credentialTest: { secretIsUsable } };

	async execute(this: IExecuteFunctions) {
		const operation = this.getNodeParameter('operation', 0, 'verify');
		if (operation === 'report') return [await report(this, Date.now())];
		if (operation === 'respond') return [await respond(this)];
		const lanes = { stage: 'verified', outputs: 3, concurrency: CONCURRENCY };
		return await eachItem(this, lanes, (lead) => verifyItem(this, lead));
	}
}
