import { openSession } from './rest/call';
import { credentialsApi } from './rest/credentials';
import { dataTablesApi } from './rest/data-tables';
import { executionsApi } from './rest/executions';
import { ownerApi } from './rest/owner';
import { workflowsApi } from './rest/workflows';

export { owner } from './rest/owner';
export { Template } from './rest/workflows';
export type { Credential, NewCredential } from './rest/credentials';
export type { Execution, NodeRun, RunData } from './rest/executions';
export type { Workflow } from './rest/workflows';

/**
 * A client of a running n8n that does what its editor does. Call `setupOwner()` first, or give the
 * cookie of a client that has: n8n takes only five sign-ins a minute.
 * Every failed call throws with its method, path, status and answer.
 */
export function n8nRest(url: string, signedIn?: string) {
	const { call, cookie } = openSession(url, signedIn);
	const ownerCalls = ownerApi(call);
	return {
		url,
		call,
		cookie,
		...ownerCalls,
		...credentialsApi(call),
		...workflowsApi(call, url),
		...executionsApi(call),
		...dataTablesApi(call, ownerCalls.personalProject),
	};
}

export type N8nRest = ReturnType<typeof n8nRest>;
