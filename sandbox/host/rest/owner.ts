import { z } from 'zod';
import type { Call } from './call';

/** Signs in to the sandbox's own n8n, and to nothing else. */
export const owner = {
	email: 'owner@lead-handoff.dev',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Sandbox-2026',
} as const;

const Settings = z.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }) });
const Project = z.object({ id: z.string() });

export function ownerApi(call: Call) {
	const login = async (): Promise<void> => {
		const { email, password } = owner;
		await call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	};

	const typeNames = async (path: string): Promise<string[]> => {
		const types = z.array(z.object({ name: z.string() })).parse(await call('GET', path));
		return [...new Set(types.map(({ name }) => name))];
	};

	return {
		login,

		/** Makes the owner if there is none, and signs in either way. */
		async setupOwner(): Promise<void> {
			const settings = Settings.parse(await call('GET', '/rest/settings'));
			if (settings.userManagement.showSetupOnFirstLoad) {
				await call('POST', '/rest/owner/setup', owner);
			}
			await login();
		},

		/** The id of the owner's personal project, which data tables belong to. */
		async personalProject(): Promise<string> {
			return Project.parse(await call('GET', '/rest/projects/personal')).id;
		},

		/** Every node type that n8n has loaded, ours included. */
		nodeTypes: () => typeNames('/types/nodes.json'),
		credentialTypes: () => typeNames('/types/credentials.json'),
	};
}
