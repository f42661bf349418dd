import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Where a delivery is judged: after n8n's Webhook node, or in a trigger of our own. */
export interface Desk {
	readonly node: IExecuteFunctions | IWebhookFunctions | IHookFunctions;
	/** A parameter of the node, for the item at hand. */
	read(name: string, fallback?: unknown): unknown;
}

export const deskOf = (node: IExecuteFunctions, index: number): Desk => ({
	node,
	read: (name, fallback) => node.getNodeParameter(name, index, fallback),
});

/** The collection that users see as *Options* has another name there: n8n itself reads `options` of a webhook node. */
export const triggerDesk = (node: IWebhookFunctions | IHookFunctions): Desk => ({
	node,
	read: (name, fallback) => node.getNodeParameter(name.replace(/^options\b/, 'settings'), fallback),
});

export const textOf = ({ read }: Desk, name: string, fallback = '') =>
	String(read(name, fallback) ?? '').trim();
