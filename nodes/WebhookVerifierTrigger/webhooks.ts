import {
	fromParameter,
	webhookDescriptionFields,
	type INodeParameters,
	type IWebhookDescription,
} from 'n8n-workflow';
import { isRecord } from '../../lib/domain/form';
import type { Scheme } from '../../lib/domain/signature/scheme';
import { signatures } from '../../lib/vendors/signatures';

/** Senders that take nothing else for a yes. */
const STATUSES: Readonly<Record<string, number>> = Object.fromEntries(
	signatures.flatMap((scheme: Pick<Scheme, 'id' | 'acknowledge'>) =>
		scheme.acknowledge ? [[scheme.id, scheme.acknowledge.status]] : [],
	),
);

const chosenCode = (settings: unknown) =>
	isRecord(settings) ? Number(settings['responseCode'] ?? 0) : 0;

/** Each said twice: for the editor and older n8n as an expression, for the server as a function. */
const responseCode = {
	template: `={{ $parameter["settings"]["responseCode"] || (${JSON.stringify(STATUSES)})[$parameter["sender"]] || 200 }}`,
	resolve: ({ settings, sender }: INodeParameters) =>
		chosenCode(settings) || STATUSES[String(sender)] || 200,
};
const responseData = {
	template:
		'={{ $parameter["responseMode"] === "lastNode" ? $parameter["responseData"] : undefined }}',
	resolve: ({ responseMode, responseData: data }: INodeParameters) =>
		responseMode === 'lastNode' ? data : undefined,
};

/** Without functions, n8n asks its expression engine a dozen times for every delivery, forged ones too. */
const fields =
	typeof webhookDescriptionFields === 'function'
		? webhookDescriptionFields({
				path: fromParameter('path'),
				responseMode: fromParameter('responseMode'),
				responseCode,
				responseData,
			})
		: {
				path: '={{ $parameter["path"] }}',
				responseMode: '={{ $parameter["responseMode"] }}',
				responseCode: responseCode.template,
				responseData: responseData.template,
			};

/** One address for deliveries and for the checks that senders make before the first one. */
export const webhooks: IWebhookDescription[] = [
	{ ...fields, isFullPath: true, name: 'default', httpMethod: 'POST' },
	...(['GET', 'HEAD', 'PUT'] as const).map((httpMethod) => ({
		...fields,
		isFullPath: true,
		name: 'setup' as const,
		httpMethod,
		ndvHideUrl: true,
	})),
];
