import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { HttpOptions } from '../../lib/runtime/http';
import type { CircuitPolicy } from '../../lib/runtime/policies/circuit-state';

/** Where a vendor is called from: an execution, the editor's dropdowns, a webhook, or its activation. */
export type Context =
	IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions | IHookFunctions;

export interface Vendor extends HttpOptions {
	/** n8n credential type that the call is signed with. */
	readonly credential: string;
	/** What the user sees when the credential is not set, e.g. `Hunter`. */
	readonly title: string;
	/** Whether n8n refreshes tokens for this type: then a 401 has to reach n8n as an error. */
	readonly oauth2?: boolean;
	/** Header for the credential's `apiKey`, where n8n's type does not sign requests itself. */
	readonly apiKeyHeader?: string;
	/** When calls are paused. Default: under 50 % success. */
	readonly circuit?: CircuitPolicy;
	/** True for vendors that are only read: the same question under way is asked once per process. */
	readonly readOnly?: boolean;
}
