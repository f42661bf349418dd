import { bindCredentials } from './host/bind-credentials';
import type { Log } from './host/command';
import type { Credential, N8nRest, NewCredential, Template, Workflow } from './host/rest';

/** Makes, or brings up to date, each credential whose type this n8n knows. */
export async function setUpCredentials(
	rest: N8nRest,
	wanted: readonly NewCredential[],
): Promise<Credential[]> {
	const known = new Set(await rest.credentialTypes());
	const made: Credential[] = [];
	for (const credential of wanted) {
		if (known.has(credential.type)) made.push(await rest.ensureCredential(credential));
	}
	return made;
}

/** Makes the template a workflow, or brings it up to date, with its slots filled. */
export async function importTemplate(
	rest: N8nRest,
	template: Template,
	{ credentials, log }: { readonly credentials: readonly Credential[]; readonly log: Log },
): Promise<Workflow> {
	for (const type of slotTypes(template)) {
		if (credentials.some((credential) => credential.type === type)) continue;
		log(`"${template.name}" asks for a credential of type ${type}, which the sandbox has not`);
	}
	return await rest.ensureWorkflow(bindCredentials(template, credentials));
}

function slotTypes(template: Template): Set<string> {
	return new Set(template.nodes.flatMap((node) => Object.keys(node.credentials ?? {})));
}
