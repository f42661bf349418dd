import { n8nRest, type N8nRest, type Template } from '../../sandbox/host/rest';
import { sendLead } from '../../sandbox/send-lead';
import { secrets } from '../../sandbox/secrets';
import { importTemplate } from '../../sandbox/set-up';
import { hasTrigger, readTemplate, webhookPath } from '../../sandbox/templates';
import type { Booted } from './boot';
import { getHost } from './shared';

export interface Imported {
	readonly workflowId: string;
	/** Absent when nothing from outside sets the workflow off. */
	readonly webhookUrl?: string;
}

export interface TestHost extends Booted {
	readonly rest: N8nRest;
	/** Imports and publishes a template of `workflows/`, after `edit`. */
	importTemplate(name: string, edit?: (template: Template) => Template): Promise<Imported>;
	/** The same for a workflow that a test has written. */
	importWorkflow(template: Template): Promise<Imported>;
	sendLead(
		webhookUrl: string,
		lead: Omit<Parameters<typeof sendLead>[0], 'url' | 'secret'>,
	): ReturnType<typeof sendLead>;
}

/** The host that all end-to-end files share, with an owner who is signed in. For `beforeAll`. */
export async function openHost(): Promise<TestHost> {
	const booted = getHost();
	const rest = n8nRest(booted.n8n.url, booted.signedIn);

	const importWorkflow = async (template: Template): Promise<Imported> => {
		const { credentials } = booted;
		const { id } = await importTemplate(rest, template, { credentials, log: console.error });
		if (hasTrigger(template)) await rest.activate(id);
		const path = webhookPath(template);
		if (path === undefined) return { workflowId: id };
		return { workflowId: id, webhookUrl: await rest.waitForWebhook(path) };
	};

	return {
		...booted,
		rest,
		importWorkflow,
		importTemplate: (name, edit = (template) => template) =>
			importWorkflow(edit(readTemplate(name))),
		sendLead: (url, lead) => sendLead({ url, secret: secrets.webhookSecret, ...lead }),
	};
}
